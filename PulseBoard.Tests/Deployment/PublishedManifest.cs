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

    internal string Text { get; private set; } = null!;

    internal string CommittedText => File.ReadAllText(Path.Combine(DeployFolder, ManifestFile));

    internal YamlMappingNode Root { get; private set; } = null!;

    /// <summary>The services by name.</summary>
    internal IReadOnlyDictionary<string, YamlMappingNode> Services { get; private set; } = null!;

    /// <summary>The variables of the published <c>.env</c>.</summary>
    internal IReadOnlyList<string> Variables => EnvFile.Keys(Path.Combine(_output.FullName, EnvFile.Name));

    /// <summary>Those of them that are parameters of the model and no secret: <c>.env.example</c> has a value.</summary>
    internal static IReadOnlyList<string> Settings => ["REPORTING_TIME_ZONE"];

    /// <summary>The other parameters of the model: all secret.</summary>
    internal IReadOnlyList<string> Secrets => [.. EnvFile.Parameters(Path.Combine(_output.FullName, EnvFile.Name)).Except(Settings)];

    /// <summary>The variables that <c>.env.example</c> explains.</summary>
    internal IReadOnlyList<string> ExplainedVariables => EnvFile.Keys(Path.Combine(DeployFolder, EnvFile.ExampleName));

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        string[] publish = ["--operation", "publish", "--step", "publish", "--output-path", _output.FullName];

        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(publish, limit.Token);
        DeployFolder = Path.Combine(Path.GetDirectoryName(builder.AppHostDirectory.TrimEnd(Path.DirectorySeparatorChar))!, "deploy");

        await using var application = await builder.BuildAsync(limit.Token);
        await application.RunAsync(limit.Token);
        Assert.False(limit.IsCancellationRequested, $"Publishing took longer than {Limit}.");

        Text = await File.ReadAllTextAsync(Path.Combine(_output.FullName, ManifestFile), limit.Token);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        Root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        Services = Root.Map("services").ToDictionary(service => ((YamlScalarNode)service.Key).Value!, service => (YamlMappingNode)service.Value);
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        _output.Delete(recursive: true);

        return Task.CompletedTask;
    }
}
