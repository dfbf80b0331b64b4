using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard.OpenApi;

/// <summary>Requests that are refused, each held against what is described of its operation.</summary>
public sealed class DescribedRefusalTests(DescribedServices services) : IClassFixture<DescribedServices>
{
    private const string JsonType = "application/json";
    private const string Csv = "text/csv";

    [Theory]
    [InlineData("GetTotals", "?form=2026-11-16", 400, "unknown_parameter")]
    [InlineData("GetTotals", "?tz=Nowhere/Atlantis", 400, "invalid_parameter")]
    [InlineData("GetTimeSeries", "?by=moon", 400, "invalid_parameter")]
    [InlineData("GetTimeSeries", "?from=2010-01-01&to=2026-11-22", 400, "range_too_long")]
    [InlineData("GetEvents", "?cursor=nonsense", 400, "invalid_parameter")]
    [InlineData("ListPeople", "?limit=0", 400, "invalid_parameter")]
    [InlineData("ListDeadBatches", "?limit=0", 400, "out_of_range")]
    [InlineData("ListDeadBatches", "?before=yesterday", 400, "not_uuid")]
    [InlineData("ListDeadBatches", "?state=lost", 400, "unknown_state")]
    [InlineData("GetTotals", "", 503, "storage_unavailable")]
    [InlineData("GetEvents", "", 503, "storage_unavailable")]
    [InlineData("GetTeam", "", 503, "storage_unavailable")]
    public async Task A_question_that_is_refused_has_a_status_and_a_code_that_are_described(string id, string query, int status, string code) =>
        await AssertRefusedAsync(services.Dashboard, id, query, TestSecrets.ReadKey, null, status, code);

    [Fact]
    public async Task Too_many_values_are_refused_as_described() => await AssertRefusedAsync(
        services.Dashboard,
        "GetSummary",
        "?" + string.Join('&', Enumerable.Repeat("type=a", 1_001)),
        TestSecrets.ReadKey,
        null,
        400,
        "too_many_values");

    [Theory]
    [InlineData("GetTotals", null, 401, "credentials_missing")]
    [InlineData("GetMetricsStream", "wrong", 401, "credentials_invalid")]
    [InlineData("PutPerson", null, 401, "credentials_missing")]
    [InlineData("DeleteTeam", "read", 403, "credentials_insufficient")]
    [InlineData("ReplayDeadBatches", "read", 403, "credentials_insufficient")]
    public async Task A_request_without_the_right_key_is_refused_as_described(string id, string? key, int status, string code) =>
        await AssertRefusedAsync(services.Dashboard, id, "", key == "read" ? TestSecrets.ReadKey : key, null, status, code);

    [Theory]
    [InlineData("PutPerson", "Alex", "text/plain", 415, "unsupported_media_type")]
    [InlineData("PutPerson", "{", JsonType, 400, "invalid_json")]
    [InlineData("PutPerson", """{"name":"Alex"}""", JsonType, 400, "unknown_field")]
    [InlineData("PutPerson", """{"display_name":"Alex"}""", JsonType, 503, "storage_unavailable")]
    [InlineData("PutTeam", """{"display_name":7}""", JsonType, 400, "not_text")]
    [InlineData("ImportPeople", "{}", JsonType, 415, "unsupported_media_type")]
    [InlineData("ImportPeople", "user\n\"", Csv, 400, "invalid_csv")]
    [InlineData("PostRecomputation", "week 47", "text/plain", 415, "unsupported_media_type")]
    [InlineData("PostRecomputation", """{"from":"2026-11-22","to":"2026-11-16"}""", JsonType, 400, "range_reversed")]
    [InlineData("PostRecomputation", """{"from":"2020-11-22","to":"2026-11-16"}""", JsonType, 400, "range_too_long")]
    public async Task A_write_that_is_refused_has_a_status_and_a_code_that_are_described(string id, string body, string type, int status, string code) =>
        await AssertRefusedAsync(services.Dashboard, id, "", TestSecrets.AdministratorToken, Content(body, type), status, code);

    [Theory]
    [InlineData("PutPerson", JsonType, 9)]
    [InlineData("PutTeam", JsonType, 1_025)]
    [InlineData("ImportPeople", Csv, 1_025)]
    [InlineData("PostRecomputation", JsonType, 5)]
    public async Task A_body_that_is_too_long_is_refused_as_described(string id, string type, int kibibytes) => await AssertRefusedAsync(
        services.Dashboard, id, "", TestSecrets.AdministratorToken, Content(new(' ', kibibytes * 1_024), type), 413, "payload_too_large");

    [Theory]
    [InlineData("PostActivity", """{"user":"alex@example.com"}""", JsonType, 400, "required")]
    [InlineData("PostActivity", """{"user":"alex@example.com","type":"task_created","event_id":7}""", JsonType, 400, "not_uuid")]
    [InlineData("PostActivity", "task_created", "text/plain", 415, "unsupported_media_type")]
    [InlineData("PostActivityBatch", "[]", JsonType, 400, "no_events")]
    [InlineData("PostActivityBatch", "[7]", JsonType, 400, "no_event_taken")]
    [InlineData("PostActivityBatch", "7", JsonType, 400, "not_a_batch")]
    public async Task Events_that_are_refused_have_a_status_and_a_code_that_are_described(string id, string body, string type, int status, string code) =>
        await AssertRefusedAsync(services.Activity, id, "", TestSecrets.IngestionKey, Content(body, type), status, code);

    private static async Task AssertRefusedAsync(
        DescribedService service, string id, string query, string? key, HttpContent? content, int status, string code)
    {
        var operation = (await service.OperationsAsync()).Single(operation => operation.Id == id);
        using var request = new HttpRequestMessage(new(operation.Method), operation.ExamplePath + query) { Content = content };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);

        // A body that is refused unread would break off while it is sent.
        request.Headers.ExpectContinue = content is not null;
        using var response = await service.Client.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal((status, code), ((int)response.StatusCode, (string?)body["code"]));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var described = operation.Responses.Single(described => described.Status == status).Response;
        Assert.True(described["content"]!["application/problem+json"]!["examples"]![code] is not null, $"{operation}: {status} {code} is not described.");
        Assert.All(described["headers"]?.AsObject() ?? [], header => Assert.True(response.Headers.Contains(header.Key), $"{operation}: {status} has no {header.Key}."));
    }

    private static StringContent Content(string body, string type) => new(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
}
