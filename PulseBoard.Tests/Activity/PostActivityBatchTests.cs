using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Activity;

[Collection(ApplicationCollection.Name)]
public sealed class PostActivityBatchTests(PulseBoardApplication application)
{
    private const string Json = "application/json";
    private const string NdJson = "application/x-ndjson";

    private static readonly Uri Batch = new("/api/activity/batch", UriKind.Relative);

    [Theory]
    [InlineData("""[$1,$2]""", Json)]
    [InlineData("""{"sent_by":{"events":[1]},"events":[$1,$2],"more":[]}""", "application/vnd.pulse+json")]
    [InlineData("$1\n$2", NdJson)]
    [InlineData("\uFEFF$1\r\n\r\n  $2  \n\n", "application/jsonl; charset=utf-8")]
    public async Task A_batch_is_stored_and_counted_in_every_shape(string shape, string contentType)
    {
        var user = PulseBoardApplication.NewUser();
        var body = shape.Replace("$1", Event(user, "task_created"), StringComparison.Ordinal)
            .Replace("$2", Event(user, "task_completed"), StringComparison.Ordinal);

        var receipt = await AcceptedAsync(body, contentType);

        Assert.Equal((2, 0, 0), (receipt.Accepted, receipt.Duplicates, receipt.Rejected));
        Assert.Equal([(0, "accepted"), (1, "accepted")], receipt.Results.Select(result => (result.Index, result.Status)));
        Assert.Equal(2, await application.StoredAsync(user));
        Assert.Equal(new UserSummary(user, 2, 1, 1), await application.CountedAsync(user, 2));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("identity")]
    public async Task A_packed_batch_is_unpacked(string encoding)
    {
        var user = PulseBoardApplication.NewUser();

        using var response = await PostAsync(Pack(Encoding.UTF8.GetBytes($"[{Event(user, "task_created")}]"), encoding), Json, encoding);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, await application.StoredAsync(user));
    }

    [Fact]
    public async Task Good_events_are_stored_however_bad_their_neighbours_are_and_each_is_told()
    {
        var user = PulseBoardApplication.NewUser();
        var eventId = Guid.NewGuid();
        string[] events =
        [
            Event(user, "task_created"),
            """{"type":"x"}""",
            """{"user":"a","type":"x","data":{"text":"\u0000"}}""",
            "7",
            Nested(100),
            $$$"""{"user":"a","type":"x","data":{"text":"{{{new string('x', EventLimits.EventBytes)}}}"}}""",
            $$"""{"user":"a","type":"","event_id":"{{eventId}}"}""",
            """{"user":"a","type":"x","data":{"k":1,"k":2}}""",
            Event(user, "task_completed"),
        ];

        using var response = await PostAsync($"[{string.Join(',', events)}]", Json);

        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        var receipt = await ReadAsync(response);
        Assert.Equal((2, 0, 7), (receipt.Accepted, receipt.Duplicates, receipt.Rejected));
        Assert.Equal(
            [null, "required", "not_storable", "event_not_object", "invalid_json", "event_too_large", "required", "invalid_json", null],
            receipt.Results.Select(result => result.Code));
        Assert.Equal(eventId, receipt.Results[6].EventId);
        Assert.Equal("type", receipt.Results[6].Field);
        Assert.All(receipt.Results, result => Assert.Equal(result.Status == "rejected", result.Detail is not null));
        Assert.Equal(2, await application.StoredAsync(user));
        await application.CountedAsync(user, 2);
    }

    [Fact]
    public async Task A_line_that_is_not_JSON_is_rejected_alone()
    {
        var user = PulseBoardApplication.NewUser();

        using var response = await PostAsync($"{Event(user, "task_created")}\n{{\"user\":\n{Event(user, "task_created")}\n", NdJson);

        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        Assert.Equal([null, "invalid_json", null], (await ReadAsync(response)).Results.Select(result => result.Code));
        Assert.Equal(2, await application.StoredAsync(user));
    }

    [Fact]
    public async Task A_resend_of_the_whole_batch_changes_nothing()
    {
        var user = PulseBoardApplication.NewUser();
        var body = $"[{string.Join(',', Enumerable.Range(0, 50).Select(_ => Event(user, "task_created", Guid.NewGuid())))}]";

        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AcceptedAsync(body, Json)));

        Assert.Equal(50, receipts.Sum(receipt => receipt.Accepted));
        Assert.Equal(7 * 50, receipts.Sum(receipt => receipt.Duplicates));
        Assert.Equal(50, await application.StoredAsync(user));
        await application.CountedAsync(user, 50);
        await application.AssertInvariantsAsync();
    }

    [Fact]
    public async Task Of_an_id_that_stands_twice_the_first_is_stored()
    {
        var user = PulseBoardApplication.NewUser();
        var eventId = Guid.NewGuid();

        var receipt = await AcceptedAsync($"[{Event(user, "first", eventId)},{Event(user, "second", eventId)},{Event(user, "third")}]", Json);

        Assert.Equal(["accepted", "duplicate", "accepted"], receipt.Results.Select(result => result.Status));
        Assert.Equal("first", await application.QueryAsync<string>("SELECT event_type FROM events WHERE event_id = $1", eventId));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_can_be_taken_is_a_problem_with_all_results()
    {
        using var response = await PostAsync("""[{"user":"a"},{"type":"x"}]""", Json);

        var problem = await AssertProblemAsync(response, HttpStatusCode.BadRequest, "no_event_taken");
        Assert.Equal(2, problem.GetProperty("rejected").GetInt32());
        Assert.Equal(["type", "user"], problem.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("field").GetString()));
    }

    public static TheoryData<string, string, HttpStatusCode, string> Refused => new()
    {
        { "", Json, HttpStatusCode.BadRequest, "invalid_json" },
        { "[", Json, HttpStatusCode.BadRequest, "invalid_json" },
        { """[{"user":"a","type":"x"},""", Json, HttpStatusCode.BadRequest, "invalid_json" },
        { """[{"user":"a","type":"x"}] []""", Json, HttpStatusCode.BadRequest, "invalid_json" },
        { "[]", Json, HttpStatusCode.BadRequest, "no_events" },
        { """{"events":[]}""", Json, HttpStatusCode.BadRequest, "no_events" },
        { "\n \n", NdJson, HttpStatusCode.BadRequest, "no_events" },
        { """{"user":"a","type":"x"}""", Json, HttpStatusCode.BadRequest, "not_a_batch" },
        { """{"events":{}}""", Json, HttpStatusCode.BadRequest, "not_a_batch" },
        { """{"events":[{"user":"a","type":"x"}],"events":[]}""", Json, HttpStatusCode.BadRequest, "not_a_batch" },
        { "7", Json, HttpStatusCode.BadRequest, "not_a_batch" },
        { """{"\ud800":1,"events":[{"user":"a","type":"x"}]}""", Json, HttpStatusCode.BadRequest, "not_a_batch" },
        { $$"""{"events":[{{string.Join(',', Enumerable.Repeat("""{"events":1}""", 1_003))}}]}""", Json, HttpStatusCode.RequestEntityTooLarge, "too_many_events" },
        { $"[{string.Join(',', Enumerable.Repeat("""{"user":"a","type":"x"}""", 1_001))}]", Json, HttpStatusCode.RequestEntityTooLarge, "too_many_events" },
        { string.Join('\n', Enumerable.Repeat("""{"user":"a","type":"x"}""", 1_001)), NdJson, HttpStatusCode.RequestEntityTooLarge, "too_many_events" },
        { $"[{new string(' ', 1 << 20)}]", Json, HttpStatusCode.RequestEntityTooLarge, "batch_too_large" },
        { "[]", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_body_that_is_no_batch_is_refused_with_its_code(string body, string contentType, HttpStatusCode status, string code)
    {
        using var response = await PostAsync(body, contentType);

        await AssertProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_compression_bomb_is_refused(string encoding)
    {
        using var response = await PostAsync(Pack(new byte[64 << 20], encoding), Json, encoding);

        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "batch_too_large");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_body_that_is_not_packed_as_it_says_is_refused(string encoding)
    {
        using var response = await PostAsync("[this is plain]"u8.ToArray(), Json, encoding);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "invalid_content_encoding");
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    public async Task An_unknown_packing_is_refused(string encoding)
    {
        using var response = await PostAsync("[]"u8.ToArray(), Json, encoding);

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported_content_encoding");
    }

    private static string Event(string user, string type, Guid? eventId = null) =>
        eventId is null ? $$"""{"user":"{{user}}","type":"{{type}}"}""" : $$"""{"event_id":"{{eventId}}","user":"{{user}}","type":"{{type}}"}""";

    private static string Nested(int depth) => """{"user":"a","type":"x","data":""" + string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth + 1);

    private static byte[] Pack(byte[] body, string encoding)
    {
        using var packed = new MemoryStream();
        Stream? packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            "zstd" => new ZstdSharp.CompressionStream(packed, leaveOpen: false),
            _ => null,
        };
        if (packing is null)
        {
            return body;
        }

        // Its end is written when it is disposed.
        using (packing)
        {
            packing.Write(body);
        }

        return packed.ToArray();
    }

    private Task<HttpResponseMessage> PostAsync(string body, string contentType) => PostAsync(Encoding.UTF8.GetBytes(body), contentType, encoding: null);

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string contentType, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        // Asked before it is sent: what is refused for its size alone would else break the connection under the one who sends it.
        using var request = new HttpRequestMessage(HttpMethod.Post, Batch) { Content = content };
        request.Headers.ExpectContinue = true;
        return await application.Activity.SendAsync(request);
    }

    private async Task<ActivityBatchReceipt> AcceptedAsync(string body, string contentType)
    {
        using var response = await PostAsync(body, contentType);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await ReadAsync(response);
    }

    private static async Task<ActivityBatchReceipt> ReadAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<ActivityBatchReceipt>(PulseBoardApplication.Json))!;

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        return problem;
    }
}
