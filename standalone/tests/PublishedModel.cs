using Aspire.Hosting;

namespace PulseBoard.Tests.Standalone;

/// <summary>Publishes models into a folder of its own.</summary>
internal sealed class PublishedModel : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);
    private readonly string _folder = Directory.CreateTempSubdirectory("pulseboard-test-").FullName;

    public string OutputPath => Path.Combine(_folder, "deploy");

    public string ComposePath => Path.Combine(OutputPath, "docker-compose.yaml");

    public string EnvPath => Path.Combine(OutputPath, ".env");

    /// <summary>The text of the service in the compose file, from its name to the next.</summary>
    public string Service(string name)
    {
        var lines = File.ReadLines(ComposePath).SkipWhile(line => line != $"  {name}:").ToArray();
        return string.Join('\n', lines.Take(1).Concat(lines.Skip(1).TakeWhile(line => line.StartsWith("   ", StringComparison.Ordinal))));
    }

    public Task PublishAsync(Action<IDistributedApplicationBuilder> model) =>
        RunAsync(model, "--operation", "publish", "--step", "publish", "--output-path", OutputPath);

    public async Task RunAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        var builder = StandInApplication.CreateBuilder(_folder, args);
        model(builder);
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        await app.StopAsync(_limit.Token);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _limit.Dispose();
    }
}
