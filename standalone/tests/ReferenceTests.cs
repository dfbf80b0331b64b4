using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace PulseBoard.Tests.Standalone;

public sealed class ReferenceTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Reference_injects_addresses_for_service_discovery()
    {
        var builder = StandInApplication.CreateBuilder();
        var target = builder.AddResource(new ProjectResource("my-target")).WithHttpEndpoint();
        var lines = await RunAsync(builder, builder.AddShell("client", "env | grep -i target | sort").WithReference(target));

        var url = target.GetEndpoint("http").Url;
        Assert.Contains($"MY_TARGET_HTTP={url}", lines);
        Assert.Contains($"services__my-target__http__0={url}", lines);
    }

    [Fact]
    public async Task Parameter_takes_the_configured_value_before_its_own()
    {
        var builder = StandInApplication.CreateBuilder();
        builder.Configuration["Parameters:given"] = "from configuration";
        var given = builder.AddParameter("given", "own");
        var own = builder.AddParameter("own", "own", secret: true);

        Assert.Equal("from configuration", await given.Resource.GetValueAsync(_limit.Token));
        Assert.Equal("own", await own.Resource.GetValueAsync(_limit.Token));
    }

    [Fact]
    public async Task Expression_encodes_what_is_marked_as_part_of_an_address()
    {
        var builder = StandInApplication.CreateBuilder();
        var secret = builder.AddParameter("secret", "a/b{c}", secret: true).Resource;

        var plain = ReferenceExpression.Create($"{{{secret}}}");
        var encoded = ReferenceExpression.Create($"x://{secret:uri}");

        Assert.Equal("{a/b{c}}", await plain.GetValueAsync(_limit.Token));
        Assert.Equal("x://a%2Fb%7Bc%7D", await encoded.GetValueAsync(_limit.Token));
        Assert.Equal("x://{secret.value}", encoded.ValueExpression);
    }

    private async Task<IReadOnlyList<string>> RunAsync(IDistributedApplicationBuilder builder, IResourceBuilder<ExecutableResource> client)
    {
        await using var app = builder.Build();
        await app.StartAsync(_limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync(client.Resource.Name, KnownResourceStates.Finished, _limit.Token);
        return app.Services.Instances(client.Resource.Name).Single().Output.Last();
    }
}
