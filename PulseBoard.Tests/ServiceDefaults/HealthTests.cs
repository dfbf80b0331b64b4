using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Tests.ServiceDefaults;

public class HealthTests
{
    private const string Secret = "Host=10.1.2.3;Password=hunter2";

    [Fact]
    public async Task Alive_answers_without_asking_dependencies()
    {
        await using var service = await TestService.StartAsync(AddCheck("database", HealthStatus.Unhealthy));

        var (status, body) = await GetAsync(service, "/alive");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("self", Assert.Single(body.GetProperty("checks").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable)]
    public async Task Health_answers_with_the_worst_status(HealthStatus worst, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(AddCheck("database", worst));

        var (status, body) = await GetAsync(service, "/health");

        Assert.Equal(expected, status);
        Assert.Equal(worst.ToString(), body.GetProperty("status").GetString());

        var check = body.GetProperty("checks").GetProperty("database");
        Assert.Equal(worst.ToString(), check.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Number, check.GetProperty("duration_ms").ValueKind);
    }

    [Fact]
    public async Task Health_tells_nothing_of_an_exception()
    {
        await using var service = await TestService.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("throws", () => throw new InvalidOperationException(Secret))
            .AddCheck("reports", () => new HealthCheckResult(HealthStatus.Unhealthy, exception: new InvalidOperationException(Secret))));

        var body = await (await service.Client.GetAsync("/health")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("hunter2", body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_answers_in_time_when_a_dependency_hangs()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        var settings = new Dictionary<string, string?> { ["ServiceDefaults:HealthCheckTimeout"] = limit.ToString() };
        using var release = new ManualResetEventSlim();
        var runs = 0;
        await using var service = await TestService.StartAsync(
            builder => builder.Services.AddHealthChecks().AddCheck("hung", () =>
            {
                Interlocked.Increment(ref runs);
                release.Wait(TimeSpan.FromSeconds(20));
                return HealthCheckResult.Healthy();
            }),
            settings: settings);

        try
        {
            var watch = Stopwatch.StartNew();
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GetAsync(service, "/health")));
            var late = await GetAsync(service, "/health");

            Assert.InRange(watch.Elapsed, limit, TimeSpan.FromSeconds(5));
            Assert.All([.. answers, late], answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
            Assert.Equal("No answer within 0.3 s.", late.Body.GetProperty("checks").GetProperty("hung").GetProperty("description").GetString());
            Assert.Equal(1, runs);
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public async Task Health_recovers_when_a_failed_dependency_is_back()
    {
        var isUp = false;
        await using var service = await TestService.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("cache", () => isUp ? HealthCheckResult.Healthy() : throw new TimeoutException()));

        var before = await GetAsync(service, "/health");
        isUp = true;
        var after = await GetAsync(service, "/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.Status);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task A_service_degrades_without_what_it_can_go_on_without_whatever_the_order_of_registration()
    {
        await using var service = await TestService.StartAsync(builder =>
        {
            builder.Services.DegradeWithout("cache");
            builder.Services.AddHealthChecks().AddCheck("cache", () => throw new TimeoutException());
        });

        var (status, body) = await GetAsync(service, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Degraded", body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_service_degrades_without_the_bus_of_MassTransit()
    {
        await using var service = await TestService.StartAsync(builder =>
        {
            builder.Services.DegradeWithout("masstransit-bus");
            builder.Services.AddMassTransit(bus => bus.UsingRabbitMq((_, rabbit) => rabbit.Host(new Uri("amqp://127.0.0.1:1"))));
        });

        var (status, body) = await GetAsync(service, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Degraded", body.GetProperty("checks").GetProperty("masstransit-bus").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_misspelt_check_is_told_at_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestService.StartAsync(builder => builder.Services.DegradeWithout("cahce")));

        Assert.Contains("'cahce'", error.Message, StringComparison.Ordinal);
    }

    private static Action<WebApplicationBuilder> AddCheck(string name, HealthStatus status)
    {
        return builder => builder.Services.AddHealthChecks().AddCheck(name, () => new HealthCheckResult(status));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(TestService service, string path)
    {
        using var response = await service.Client.GetAsync(path);

        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
