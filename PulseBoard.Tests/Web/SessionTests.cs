using System.Diagnostics;
using System.Net;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Telemetry;

namespace PulseBoard.Tests.Web;

public sealed class SessionTests : IDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("pulseboard-keys-");

    public void Dispose() => _keys.Delete(recursive: true);

    [Fact]
    public async Task A_session_outlives_the_process_and_not_the_password()
    {
        CookieContainer cookies;
        await using (var web = await StartAsync())
        {
            using var visitor = web.NewVisitor();
            await visitor.SignInAsync();
            cookies = CopyOf(visitor.Cookies, web.Address);
        }

        await using (var next = await StartAsync())
        {
            using var visitor = new Visitor(next.Address, cookies: cookies);
            using var board = await visitor.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, board.StatusCode);
        }

        await using (var changed = await StartAsync(new KeyValuePair<string, string?>("Access__SignInPassword", TestSecrets.New())))
        {
            using var visitor = new Visitor(changed.Address, cookies: cookies);
            using var board = await visitor.GetAsync("/");
            Assert.Equal("/sign-in", board.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task A_session_ends_when_it_was_not_used_for_its_lifetime()
    {
        await using var web = await StartAsync(new KeyValuePair<string, string?>("SignIn__SessionLifetime", "00:00:12"));
        using var visitor = web.NewVisitor();
        await visitor.SignInAsync();
        var first = CopyOf(visitor.Cookies, web.Address);

        // One goes on using its session, by what an open page asks, and gets a newer cookie for it; the other says the first one each time.
        await Eventually.BecomesAsync(
            "the session to end as it was at first",
            async () =>
            {
                using var used = await visitor.GetAsync("/session");
                Assert.Equal(HttpStatusCode.NoContent, used.StatusCode);
                using var unused = new Visitor(web.Address, cookies: CopyOf(first, web.Address));
                using var response = await unused.GetAsync("/");
                return response.StatusCode;
            },
            status => status == HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Nothing_secret_is_logged_or_traced()
    {
        await using var telemetry = await TelemetryCollector.StartAsync();
        await using var web = await StartAsync(
            new("Logging__LogLevel__Default", "Trace"),
            new("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", telemetry.Endpoint),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            new("OTEL_BSP_SCHEDULE_DELAY", "100"),
            new("OTEL_BLRP_SCHEDULE_DELAY", "100"));
        using var visitor = web.NewVisitor();
        const string Wrong = "not-the-password-0123456789abcdef";

        string[] secrets = [.. TestSecrets.All, Wrong];
        Array.ForEach(secrets, telemetry.Watch);

        using var wrong = await visitor.SignInAsync(Wrong);
        await visitor.SignInAsync();
        var cookies = visitor.Cookies.GetCookies(web.Address).Select(cookie => cookie.Value).ToArray();
        Assert.Equal(2, cookies.Length);
        Array.ForEach(cookies, telemetry.Watch);
        using var board = await visitor.GetAsync("/");
        using var read = await visitor.GetAsync("/api/metrics/summary");
        using var refused = await visitor.SendAsync(HttpMethod.Delete, "/api/metrics/summary");
        using var posted = await visitor.SendAsync(HttpMethod.Post, "/api/activity", TestSecrets.IngestionKey);

        // What is exported names routes, and each of the five requests after the sign-ins has a span. The last is sent until so
        // many have come: an exporter on a busy machine gives up what it cannot send in time.
        await Eventually.BecomesAsync(
            "the last request to be logged, and as many to be traced as were sent",
            async () =>
            {
                using var last = await visitor.GetAsync("/the-last-request");
                return (
                    Logged: web.Process.Output.Contains("/the-last-request", StringComparison.Ordinal),
                    Logs: telemetry.Logs.Count,
                    Spans: telemetry.Spans.Count(span => span.Kind == ActivityKind.Server));
            },
            seen => seen is { Logged: true, Logs: > 0, Spans: >= 9 });
        Assert.All([.. secrets, .. cookies], secret => Assert.DoesNotContain(secret, web.Process.Output, StringComparison.Ordinal));
        Assert.Empty(telemetry.Sightings);
    }

    [Fact]
    public async Task Development_is_open_to_its_own_machine_and_asks_others_to_sign_in()
    {
        await using var web = await StartAsync(new KeyValuePair<string, string?>("ASPNETCORE_ENVIRONMENT", "Development"));
        using var here = web.NewVisitor();
        using var elsewhere = web.NewVisitor("203.0.113.1");

        using var open = await here.GetAsync("/");
        using var read = await here.SendAsync(HttpMethod.Delete, "/api/metrics/summary");
        using var closed = await elsewhere.GetAsync("/");
        using var refused = await elsewhere.GetAsync("/api/metrics/summary");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.DoesNotContain("Sign out", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("/sign-in", closed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await elsewhere.SignInAsync();
    }

    [Fact]
    public async Task Development_without_a_password_tells_others_that_it_is_closed()
    {
        await using var web = await StartAsync(
            new("ASPNETCORE_ENVIRONMENT", "Development"), new("Access__SignInPassword", null), new("Access__ReadKey", null));
        using var elsewhere = web.NewVisitor("203.0.113.1");

        using var response = await elsewhere.GetAsync("/sign-in");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Access__SignInPassword", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<SecuredWeb> StartAsync(params KeyValuePair<string, string?>[] settings) =>
        SecuredWeb.StartAsync([new("DataProtection__KeysDirectory", _keys.FullName), .. settings]);

    /// <summary>The session as it is now, for the same or another port: cookies do not know ports.</summary>
    private static CookieContainer CopyOf(CookieContainer cookies, Uri address)
    {
        var copy = new CookieContainer();
        copy.Add(cookies.GetCookies(address));
        return copy;
    }
}
