using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace PulseBoard.Tests.Standalone;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task Builder_has_the_model_of_the_entry_point_with_ports_of_its_own()
    {
        using var limit = new CancellationTokenSource(StandInApplication.Limit);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(limit.Token);
        foreach (var resource in builder.Resources.Where(r => r is not ProjectResource { Name: "migrator" }).ToArray())
        {
            builder.Resources.Remove(resource);
        }

        var migrator = builder.Resources.Single();
        foreach (var wait in migrator.Annotations.Where(a => a is WaitAnnotation or EnvironmentCallbackAnnotation).ToArray())
        {
            migrator.Annotations.Remove(wait);
        }

        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("migrator", KnownResourceStates.TerminalStates, limit.Token);
        Assert.Equal("true", builder.Configuration["DcpPublisher:RandomizePorts"]);
        Assert.Equal("PulseBoard.AppHost", Path.GetFileName(builder.AppHostDirectory));
    }
}
