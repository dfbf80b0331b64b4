using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Dashboard;
using Aspire.Hosting;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>Nothing is shown to who has not followed the link.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly DistributedApplication _app = StandInApplication.CreateBuilderWithDashboard().Build();

    private DashboardServer Dashboard => _app.Services.GetRequiredService<DashboardService>().Server!;

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/consolelogs/web")]
    [InlineData("/structuredlogs")]
    [InlineData("/traces")]
    [InlineData("/traces/0123456789abcdef0123456789abcdef")]
    [InlineData("/metrics/web")]
    public async Task A_page_asks_for_the_token_first_and_is_shown_then(string page)
    {
        using var stranger = Dashboard.CreateClient();
        using var refused = await stranger.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal("/login", refused.Headers.Location!.AbsolutePath);

        using var developer = await Dashboard.SignInAsync();
        using var shown = await developer.GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal("text/html", shown.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/live")]
    [InlineData("/api/resources")]
    [InlineData("/api/console/web")]
    [InlineData("/api/logs")]
    [InlineData("/api/traces")]
    [InlineData("/api/metrics")]
    [InlineData("/api/status")]
    public async Task A_script_without_the_cookie_is_told_so(string path)
    {
        using var stranger = Dashboard.CreateClient();

        using var response = await stranger.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("signed_out", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_wrong_token_lets_nobody_in()
    {
        using var stranger = Dashboard.CreateClient();

        using var response = await stranger.GetAsync("/login?t=0123456789abcdef0123456789abcdef");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        using var stranger = Dashboard.CreateClient();

        using var response = await stranger.GetAsync($"{Dashboard.LoginLink.PathAndQuery}&returnUrl=%2F%2Fevil.example");

        Assert.Equal("/", response.Headers.Location!.ToString());
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Dashboard.LoginLink.Query["?t=".Length..], cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_something_must_come_from_a_script_of_ours()
    {
        using var developer = await Dashboard.SignInAsync();
        developer.DefaultRequestHeaders.Remove("X-Requested-With");

        using var response = await developer.PostAsync("/api/resources/web/commands/stop", content: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("missing_header", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Another_name_that_leads_here_is_refused()
    {
        using var developer = await Dashboard.SignInAsync();
        developer.DefaultRequestHeaders.Host = "evil.example";

        using var response = await developer.GetAsync("/api/resources");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Pages_run_nothing_from_elsewhere_and_cannot_be_framed()
    {
        using var stranger = Dashboard.CreateClient();

        using var response = await stranger.GetAsync("/login");

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ports_of_telemetry_serve_no_page_and_that_of_the_pages_takes_no_telemetry()
    {
        using var developer = await Dashboard.SignInAsync();

        using var page = await developer.GetAsync(new Uri(Dashboard.Addresses.OtlpHttp, "/"));
        using var export = await developer.PostAsync("/v1/traces", new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, export.StatusCode);
    }
}
