using System.Net;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Web;

public sealed class ForwardedAccessTests(SecuredWebFixture fixture) : IClassFixture<SecuredWebFixture>
{
    private readonly SecuredWeb _web = fixture.Web;

    [Fact]
    public async Task Ingestion_goes_on_without_a_session_as_it_is()
    {
        using var visitor = _web.NewVisitor();

        using var bare = await visitor.SendAsync(HttpMethod.Post, "/api/activity");
        using var withKey = await visitor.SendAsync(HttpMethod.Post, "/api/activity/batch", TestSecrets.IngestionKey);

        Assert.DoesNotContain("Authorization:", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {TestSecrets.IngestionKey}", await withKey.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/metrics/summary")]
    [InlineData("DELETE", "/api/pipeline/dead")]
    public async Task A_request_with_a_key_goes_on_as_it_is(string method, string path)
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.SendAsync(HttpMethod.Parse(method), path, "whatever-it-is");

        var seen = await response.Content.ReadAsStringAsync();
        Assert.StartsWith($"{method} {path}", seen, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer whatever-it-is", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "the read key")]
    [InlineData("DELETE", "the administrator token")]
    public async Task A_request_without_key_and_session_is_refused(string method, string ask)
    {
        using var visitor = _web.NewVisitor();

        using var response = await visitor.SendAsync(HttpMethod.Parse(method), "/api/metrics/summary");

        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Contains("\"code\":\"credentials_missing\"", body, StringComparison.Ordinal);
        Assert.Contains(ask.Replace("the ", "Bearer <", StringComparison.Ordinal), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_reads_with_this_servers_key_and_keeps_its_cookies_here()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.GetAsync("/api/metrics/summary");

        var seen = await response.Content.ReadAsStringAsync();
        Assert.Contains($"Authorization: Bearer {TestSecrets.ReadKey}", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie:", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_session_does_nothing_but_read(string method)
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.SendAsync(HttpMethod.Parse(method), "/api/pipeline/dead");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\"code\":\"credentials_insufficient\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_sends_events_with_the_ingestion_key_only()
    {
        using var visitor = _web.NewVisitor();
        await visitor.SignInAsync();

        using var response = await visitor.SendAsync(HttpMethod.Post, "/api/activity");

        var seen = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("POST /api/activity", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization:", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie:", seen, StringComparison.OrdinalIgnoreCase);
    }
}
