namespace PulseBoard.Tests.Standalone.Modes;

/// <summary>
/// Reference assemblies of the stand-ins without their internals. The build's own still hold the internals of a stand-in that has
/// friends (<c>InternalsVisibleTo</c>), so these are compiled once more without them.
/// </summary>
public sealed class PublicReferences : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pulseboard-surface-");
    private readonly Dictionary<string, string> _assemblies = [];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        foreach (var package in BuildFacts.StandIns)
        {
            var assemblyInfo = Path.Combine(BuildFacts.IntermediateOutput(package), $"{package}.AssemblyInfo.cs");
            var attributes = await File.ReadAllLinesAsync(assemblyInfo);
            if (attributes.Any(IsFriend))
            {
                var friendless = Path.Combine(_folder.FullName, $"{package}.AssemblyInfo.cs");
                await File.WriteAllLinesAsync(friendless, attributes.Where(attribute => !IsFriend(attribute)));
                _assemblies.Add(package, await CompileFriendlessAsync(package, assemblyInfo, friendless));
            }
        }
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Compiles a project as its build did, but against these assemblies.</summary>
    /// <param name="project">The project.</param>
    /// <returns>The compiler's exit code, and what it said.</returns>
    internal Task<(int ExitCode, string Output)> CompileAsync(string project) =>
        RunCompilerAsync(project, $"{project}.dll", BuildFacts.CompilerArguments(project).Where(IsOfTheProduct).Select(PublicOnly));

    private static bool IsFriend(string attribute) => attribute.Contains("InternalsVisibleTo", StringComparison.Ordinal);

    // The stand-ins' own tests are compiled into the product's, and may see internals.
    private static bool IsOfTheProduct(string argument) => !argument.Contains($"{BuildFacts.Standalone}/tests/", StringComparison.Ordinal);

    private static bool IsOutput(string argument) =>
        argument.StartsWith("/out:", StringComparison.Ordinal)
        || argument.StartsWith("/refout:", StringComparison.Ordinal)
        || argument.StartsWith("/doc:", StringComparison.Ordinal)
        || argument == "/noconfig";

    private async Task<string> CompileFriendlessAsync(string package, string assemblyInfo, string friendless)
    {
        var arguments = BuildFacts.CompilerArguments(package)
            .Select(argument => argument.Replace(assemblyInfo, friendless, StringComparison.Ordinal))
            .Append("/refonly");
        var (exitCode, output) = await RunCompilerAsync(package, $"{package}.dll", arguments);
        return exitCode == 0
            ? Path.Combine(_folder.FullName, $"{package}.dll")
            : throw new InvalidOperationException($"The reference assembly of {package} could not be compiled: {output}");
    }

    private string PublicOnly(string argument)
    {
        const string Reference = "/reference:";
        var path = argument.Replace("\"", "", StringComparison.Ordinal);
        return path.StartsWith(Reference, StringComparison.Ordinal)
            && _assemblies.TryGetValue(Path.GetFileNameWithoutExtension(path[Reference.Length..]), out var assembly)
            ? $"{Reference}\"{assembly}\""
            : argument;
    }

    private async Task<(int ExitCode, string Output)> RunCompilerAsync(string project, string output, IEnumerable<string> arguments)
    {
        var response = Path.Combine(_folder.FullName, $"{project}.rsp");
        await File.WriteAllLinesAsync(
            response,
            [.. arguments.Where(argument => !IsOutput(argument)), $"/out:\"{Path.Combine(_folder.FullName, output)}\"", "/skipanalyzers+"]);
        return await DotNet.RunAsync(BuildFacts.Folder(project), "exec", BuildFacts.Compiler, "/noconfig", $"@{response}");
    }
}
