using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>What a project's launchSettings.json says about starting it.</summary>
internal sealed class LaunchProfile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public string? CommandName { get; init; }

    public string? ApplicationUrl { get; init; }

    public string? CommandLineArgs { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];

    /// <summary>The profile of that name, or else of the one that started the host, or else the first that starts a project.</summary>
    public static LaunchProfile? Find(string projectPath, string? name)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return name is null ? null : throw Missing(projectPath, name);
        }

        using var stream = File.OpenRead(path);
        var profiles = JsonSerializer.Deserialize<LaunchSettingsFile>(stream, Json)?.Profiles ?? [];
        if (name is not null)
        {
            return profiles.GetValueOrDefault(name) ?? throw Missing(projectPath, name);
        }

        var hostProfile = Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE");
        return hostProfile is not null && profiles.TryGetValue(hostProfile, out var same)
            ? same
            : profiles.Values.FirstOrDefault(p => string.Equals(p.CommandName, "Project", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The environment that the profile of the project in a folder names; null where it names none.</summary>
    public static string? EnvironmentNameOf(string projectDirectory)
    {
        var variables = Find(Path.Combine(projectDirectory, "project"), name: null)?.EnvironmentVariables;
        return variables?.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? variables?.GetValueOrDefault("ASPNETCORE_ENVIRONMENT");
    }

    public void ApplyTo(IResourceBuilder<ProjectResource> project)
    {
        foreach (var url in (ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var uri = new Uri(url);
            project.WithEndpoint(uri.Scheme, endpoint =>
            {
                endpoint.UriScheme = uri.Scheme;
                endpoint.Port = uri.Port;
                endpoint.TargetHost = uri.Host;
            });
        }

        foreach (var (variable, value) in EnvironmentVariables)
        {
            project.WithEnvironment(variable, value);
        }

        if (!string.IsNullOrEmpty(CommandLineArgs))
        {
            project.WithArgs(CommandLineArgs.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static DistributedApplicationException Missing(string projectPath, string name) =>
        new($"The launch settings of '{projectPath}' have no profile '{name}'.");

    private sealed record LaunchSettingsFile(Dictionary<string, LaunchProfile>? Profiles);
}
