using Aspire.Hosting.Testing;
using YamlDotNet.RepresentationModel;

namespace PulseBoard.Tests.Deployment;

/// <summary>The manifest, published again into a folder of its own, beside the one that is committed.</summary>
public sealed class PublishedManifest : IAsyncLifetime
{
    private const string ManifestFile = "docker-compose.yaml";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("pulseboard-publish-");

    /// <summary>The folder <c>deploy/</c> of the repository.</summary>
    internal string DeployFolder { get; private set; } = null!;

    internal string Text => File.ReadAllText(Path.Combine(_output.FullName, ManifestFile));

    internal string CommittedText => File.ReadAllText(Path.Combine(DeployFolder, ManifestFile));

    internal YamlMappingNode Root
    {
        get
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Text));

            return (YamlMappingNode)yaml.Documents.Single().RootNode;
        }
    }

    /// <summary>The services by name, in the order in which they stand.</summary>
    internal IReadOnlyDictionary<string, YamlMappingNode> Services => Root.Map("services")
        .ToDictionary(service => ((YamlScalarNode)service.Key).Value!, service => (YamlMappingNode)service.Value);

    /// <summary>The variables of the published <c>.env</c>.</summary>
    internal IReadOnlyList<string> Variables => EnvFile.Keys(Path.Combine(_output.FullName, ".env"));

    /// <summary>The variables that <c>.env.example</c> explains.</summary>
    internal IReadOnlyList<string> ExplainedVariables => EnvFile.Keys(Path.Combine(DeployFolder, ".env.example"));

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        string[] publish = ["--operation", "publish", "--step", "publish", "--output-path", _output.FullName];

        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(publish, limit.Token);
        DeployFolder = Path.Combine(Path.GetDirectoryName(builder.AppHostDirectory.TrimEnd(Path.DirectorySeparatorChar))!, "deploy");

        await using var application = await builder.BuildAsync(limit.Token);
        await application.RunAsync(limit.Token);
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        _output.Delete(recursive: true);

        return Task.CompletedTask;
    }
}
