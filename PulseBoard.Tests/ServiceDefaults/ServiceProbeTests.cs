using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Tests.ServiceDefaults;

public class ServiceProbeTests
{
    [Theory]
    [InlineData("--probe", true)]
    [InlineData("--urls", false)]
    public void Probe_is_asked_for_by_its_verb(string argument, bool expected)
    {
        Assert.Equal(expected, ServiceProbe.IsRequested([argument]));
    }

    [Theory]
    [InlineData("URLS", "http://127.0.0.1:{0}")]
    [InlineData("URLS", "http://+:{0};https://+:1")]
    [InlineData("URLS", "http://0.0.0.0:{0}")]
    [InlineData("HTTP_PORTS", "{0};1")]
    public async Task Probe_succeeds_where_the_service_listens(string key, string value)
    {
        await using var service = await TestService.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("database", () => HealthCheckResult.Unhealthy()));

        Assert.Equal(0, await ProbeAsync(key, value.Replace("{0}", $"{service.Address.Port}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Probe_fails_where_nothing_listens()
    {
        var service = await TestService.StartAsync();
        await service.DisposeAsync();

        Assert.Equal(1, await ProbeAsync("URLS", service.Address.ToString()));
    }

    [Fact]
    public async Task Probe_fails_where_something_else_listens()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();

        Assert.Equal(1, await ProbeAsync("URLS", app.Urls.Single()));
    }

    private static Task<int> ProbeAsync(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        return ServiceProbe.RunAsync(configuration, CancellationToken.None);
    }
}
