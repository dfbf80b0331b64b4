using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Postgres as a native process.</summary>
internal static class PostgresServer
{
    private const string Package = "postgresql";
    private const string VersionsFolder = "/usr/lib/postgresql";
    private const string SystemUser = "postgres";
    private const string ClusterFolder = "cluster";

    public static NativeServerAnnotation Annotation { get; } = new()
    {
        Programs =
        [
            new RequiredProgram("postgres", () => Locate("postgres", version: null), Package),
            new RequiredProgram("initdb", () => Locate("initdb", version: null), Package),
        ],
        Prepare = PrepareAsync,
    };

    private static async Task<ProcessSpec> PrepareAsync(NativeServerContext context, CancellationToken cancellationToken)
    {
        var server = (PostgresServerResource)context.Resource;
        var user = await server.UserNameReference.GetValueAsync(cancellationToken);
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken);
        var versionFile = Path.Combine(context.DataDirectory, ClusterFolder, "PG_VERSION");
        var version = File.Exists(versionFile) ? (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() : null;
        VolumePassword.Verify(context.DataDirectory, $"{user}:{password}", hasData: version is not null);
        return new ProcessSpec
        {
            Name = server.Name,
            FileName = "bash",
            Arguments =
            [
                "-c", await ScriptAsync(cancellationToken), server.Name,
                Path.GetDirectoryName(Locate("postgres", version) ?? Locate("postgres", version: null))!,
                ClusterFolder,
                context.Port(PostgresServerResource.PrimaryEndpointName).ToString(CultureInfo.InvariantCulture),
            ],
            Environment = new Dictionary<string, string?>
            {
                ["LC_ALL"] = "C.UTF-8",
                ["POSTGRES_USER"] = user,
                ["POSTGRES_PASSWORD"] = password,
            },
            WorkingDirectory = context.DataDirectory,
            StopSignal = Signal.Interrupt,
            UserWhenRoot = SystemUser,
        };
    }

    /// <summary>
    /// Finds a server program: the version that made the data, or the newest. Debian keeps each version in a folder of its own,
    /// outside PATH.
    /// </summary>
    private static string? Locate(string program, string? version)
    {
        var versions = Directory.Exists(VersionsFolder)
            ? Directory.GetDirectories(VersionsFolder).Select(folder => Path.GetFileName(folder)!)
            : [];
        return versions
            .Where(candidate => version is null || candidate == version)
            .OrderByDescending(candidate => int.TryParse(candidate, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(candidate => Path.Combine(VersionsFolder, candidate, "bin", program))
            .FirstOrDefault(File.Exists)
            ?? ProgramSearch.OnPath(program);
    }

    private static async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(PostgresServer).Assembly.GetManifestResourceStream("postgres.sh")!);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
