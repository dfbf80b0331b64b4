using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace PulseBoard.Tests.Standalone;

public sealed class PublishingCommandLineTests : IDisposable
{
    private readonly PublishedModel _published = new();

    [Theory]
    [InlineData("deploy", "docker compose up")]
    [InlineData("push", "no step 'push'")]
    [InlineData("", "which step")]
    public async Task Step_that_cannot_be_run_says_what_can(string step, string explanation)
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => _published.RunAsync(
            AddEnvironment, "--operation", "publish", "--step", step, "--output-path", _published.OutputPath));

        Assert.Contains(explanation, error.Message, StringComparison.Ordinal);
        Assert.Contains("--step publish", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_published.OutputPath));
    }

    [Fact]
    public void Operation_that_is_unknown_is_named()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => StandInApplication.CreateBuilder(null, "--operation", "inspect"));

        Assert.Contains("'inspect'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Publish")]
    [InlineData("run")]
    public void Operation_is_known_to_the_model(string operation)
    {
        var context = StandInApplication.CreateBuilder(null, $"--operation={operation}").ExecutionContext;

        Assert.Equal(operation == "Publish", context.IsPublishMode);
        Assert.Equal(operation == "run", context.IsRunMode);
    }

    [Fact]
    public async Task Model_without_an_environment_says_how_to_add_one()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => _published.PublishAsync(
            builder => builder.AddRedis("redis").PublishAsDockerComposeService((_, _) => { })));

        Assert.Contains("AddDockerComposeEnvironment", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_path_that_is_a_file_is_named()
    {
        await File.WriteAllTextAsync(_published.OutputPath, "");

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => _published.PublishAsync(AddEnvironment));

        Assert.Contains(_published.OutputPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_needs_no_value_of_a_parameter_and_leaves_nothing_but_the_files()
    {
        await _published.PublishAsync(builder =>
        {
            AddEnvironment(builder);
            builder.AddPostgres("postgres", password: builder.AddParameter("without-value", secret: true)).WithDataVolume("data");
        });

        Assert.Equal([_published.OutputPath], Directory.GetFileSystemEntries(Path.GetDirectoryName(_published.OutputPath)!));
        Assert.Equal([_published.EnvPath, _published.ComposePath], Directory.GetFileSystemEntries(_published.OutputPath).Order());
    }

    [Fact]
    public async Task Host_ends_by_itself_when_it_has_published()
    {
        using var limit = new CancellationTokenSource(StandInApplication.Limit);
        var builder = StandInApplication.CreateBuilder(null, "--operation", "publish", "--step", "publish", "--output-path", _published.OutputPath);
        AddEnvironment(builder);
        await using var app = builder.Build();

        await app.RunAsync(limit.Token);

        Assert.False(limit.IsCancellationRequested);
        Assert.True(File.Exists(_published.ComposePath));
    }

    [Fact]
    public async Task Host_under_test_publishes_the_model_of_its_entry_point()
    {
        using var limit = new CancellationTokenSource(StandInApplication.Limit);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(
            ["--operation", "publish", "--step", "publish", "--output-path", _published.OutputPath], limit.Token);
        foreach (var environment in builder.Resources.OfType<IComputeEnvironmentResource>().ToArray())
        {
            builder.Resources.Remove(environment);
        }

        AddEnvironment(builder);
        await using var app = await builder.BuildAsync(limit.Token);

        await app.RunAsync(limit.Token);

        Assert.Contains("HTTP_PORTS: \"${ACTIVITY_PORT}\"", _published.Service("activity"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ignores_what_is_said_for_compose()
    {
        var builder = StandInApplication.CreateBuilder();
        var environment = builder.AddDockerComposeEnvironment("aspire").ConfigureComposeFile(_ => throw new InvalidOperationException());
        var shell = builder.AddShell("shell", "sleep 60");
        var annotations = shell.Resource.Annotations.Count;
        shell.PublishAsDockerComposeService((_, _) => throw new InvalidOperationException());
        using var limit = new CancellationTokenSource(StandInApplication.Limit);
        await using var app = builder.Build();

        await app.StartAsync(limit.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("shell", limit.Token);
        Assert.Equal(annotations, shell.Resource.Annotations.Count);
        Assert.DoesNotContain(environment.Resource, builder.Resources);
    }

    public void Dispose() => _published.Dispose();

    private static void AddEnvironment(IDistributedApplicationBuilder builder) => builder.AddDockerComposeEnvironment("aspire");
}
