using System.Net;
using System.Net.Http.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class AccessTests(PulseBoardApplication application, SecuredSystem secured) : IClassFixture<SecuredSystem>
{
    private const string DeadBatch = "/api/pipeline/dead/00000000-0000-7000-8000-000000000000";

    public static TheoryData<string, string, string?, HttpStatusCode, string> Refused => new()
    {
        { "POST", "/api/activity", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "POST", "/api/activity", TestSecrets.ReadKey, HttpStatusCode.Unauthorized, "credentials_invalid" },
        { "POST", "/api/activity/batch", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "GET", "/api/metrics/summary", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "GET", "/api/metrics/stream", TestSecrets.IngestionKey, HttpStatusCode.Unauthorized, "credentials_invalid" },
        { "POST", "/api/pipeline/anything", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "DELETE", "/api/pipeline/anything", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "DELETE", "/api/pipeline/anything", TestSecrets.AdministratorToken, HttpStatusCode.NotFound, "not_found" },
        { "GET", "/api/pipeline", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "GET", DeadBatch, TestSecrets.ReadKey, HttpStatusCode.NotFound, "batch_not_dead" },
        { "POST", "/api/pipeline/dead/replay", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "POST", $"{DeadBatch}/replay", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "POST", $"{DeadBatch}/replay", TestSecrets.AdministratorToken, HttpStatusCode.NotFound, "batch_not_dead" },
        { "DELETE", DeadBatch, TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "DELETE", DeadBatch, TestSecrets.AdministratorToken, HttpStatusCode.NotFound, "batch_not_dead" },
        { "GET", "/api/people.csv", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "GET", "/api/people/nobody-of-that-name", TestSecrets.ReadKey, HttpStatusCode.NotFound, "person_not_found" },
        { "PUT", "/api/people/alex", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "PUT", "/api/people/alex", TestSecrets.AdministratorToken, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type" },
        { "DELETE", "/api/people/alex", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "POST", "/api/people/import", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "POST", "/api/people/import", TestSecrets.AdministratorToken, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type" },
        { "PUT", "/api/teams/core", null, HttpStatusCode.Unauthorized, "credentials_missing" },
        { "PUT", "/api/teams/core", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "DELETE", "/api/teams/core", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
        { "POST", "/api/metrics/summary", TestSecrets.ReadKey, HttpStatusCode.Forbidden, "credentials_insufficient" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_is_refused_without_the_key_that_opens_it(
        string method, string path, string? key, HttpStatusCode status, string code)
    {
        using var response = await SendAsync(secured.Web.Address, method, path, key);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_descriptions_of_the_apis_are_open(string path)
    {
        foreach (var service in new[] { secured.Activity, secured.Dashboard })
        {
            // A service that has just started may still be finding its servers.
            await Eventually.BecomesAsync(
                $"{path} to answer",
                async () =>
                {
                    using var response = await SendAsync(service.Address, "GET", path, key: null);
                    return response.StatusCode;
                },
                status => status == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task An_event_sent_with_the_ingestion_key_is_read_with_the_read_key_and_no_log_tells_either()
    {
        var user = PulseBoardApplication.NewUser();

        using var posted = await SendAsync(
            secured.Web.Address, "POST", "/api/activity", TestSecrets.IngestionKey, JsonContent.Create(new { user, type = "task_created" }));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        await application.CountedAsync(user, 1);

        foreach (var key in new[] { TestSecrets.ReadKey, TestSecrets.AdministratorToken })
        {
            // The notice of the count is on its way, and an answer may be a moment behind it.
            await Eventually.BecomesAsync(
                "the event in the summary",
                async () =>
                {
                    using var read = await SendAsync(secured.Web.Address, "GET", "/api/metrics/summary", key);
                    return await read.Content.ReadFromJsonAsync<UserSummary[]>(PulseBoardApplication.Json);
                },
                summaries => summaries!.Any(summary => summary.UserId == user));
        }

        foreach (var service in new[] { secured.Activity, secured.Dashboard })
        {
            Assert.Contains("/api/", service.Output, StringComparison.Ordinal);
            Assert.All(TestSecrets.All, secret => Assert.DoesNotContain(secret, service.Output + service.Errors, StringComparison.Ordinal));
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(Uri service, string method, string path, string? key, HttpContent? content = null)
    {
        using var client = new HttpClient { BaseAddress = service };
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = content };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return await client.SendAsync(request);
    }
}
