using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Pipeline;

[Collection(ApplicationCollection.Name)]
public sealed class DeadBatchApiTests(PulseBoardApplication application) : IAsyncLifetime
{
    // Of a time when there was nothing else, so that they stand at the end of every list. They have no events.
    private readonly Guid[] _batchIds =
        [.. Enumerable.Range(0, 5).Select(i => Guid.CreateVersion7(new DateTimeOffset(2001, 1, 1, 0, i, 0, TimeSpan.Zero)))];

    public async Task InitializeAsync()
    {
        foreach (var batchId in _batchIds)
        {
            await application.QueryAsync<object>(
                """
                INSERT INTO event_batches (batch_id, event_count, publish_after, attempts, error, dead_at)
                VALUES ($1, 0, 'infinity', 5, '22P02: invalid input syntax for type integer: "alex@example.com"', now())
                """,
                batchId);
        }
    }

    public Task DisposeAsync() => application.QueryAsync<object>("DELETE FROM event_batches WHERE batch_id = ANY ($1)", _batchIds);

    [Fact]
    public async Task Dead_batches_are_listed_in_pages_those_stored_last_first_without_what_an_error_quotes()
    {
        var listed = new List<PipelineDeadBatch>();
        Guid? next = null;
        do
        {
            var page = await ListAsync($"?limit=2{(next is { } before ? $"&before={before}" : "")}");
            Assert.InRange(page.Batches.Count, 1, 2);
            listed.AddRange(page.Batches);
            next = page.Next;
        }
        while (next is not null);

        var mine = listed.Where(batch => _batchIds.Contains(batch.BatchId)).ToArray();
        Assert.Equal(_batchIds.Reverse(), mine.Select(batch => batch.BatchId));
        Assert.All(mine, batch => Assert.Equal((0, 5, "22P02: invalid input syntax for type integer: …"), (batch.EventCount, batch.Attempts, batch.Error)));
        Assert.Null((await ListAsync($"?before={_batchIds[0]}")).Next);
    }

    [Fact]
    public async Task A_discarded_batch_is_listed_as_such_stays_and_can_be_replayed()
    {
        for (var time = 0; time < 2; time++)
        {
            using var discarded = await SendAsync(HttpMethod.Delete, $"/{_batchIds[1]}");
            Assert.Equal(HttpStatusCode.NoContent, discarded.StatusCode);
        }

        Assert.DoesNotContain((await ListAsync($"?before={_batchIds[2]}")).Batches, batch => batch.BatchId == _batchIds[1]);
        Assert.Equal([_batchIds[1]], (await ListAsync($"?state=discarded&before={_batchIds[2]}")).Batches.Select(batch => batch.BatchId));
        var one = await application.Dashboard.GetFromJsonAsync<PipelineDeadBatch>($"/api/pipeline/dead/{_batchIds[1]}", PulseBoardApplication.Json);
        Assert.True(one!.DiscardedAt >= one.DeadAt);

        // Two at once: it is replayed once, and then counted, which takes its row away.
        var replays = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SendAsync(HttpMethod.Post, $"/{_batchIds[1]}/replay")));
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.NotFound], replays.Select(replay => replay.StatusCode).Order());
        Array.ForEach(replays, replay => replay.Dispose());
        await Eventually.BecomesAsync(
            "the replayed batch to be counted",
            () => application.QueryAsync<long>("SELECT count(*) FROM event_batches WHERE batch_id = $1", _batchIds[1]),
            left => left == 0);
    }

    [Fact]
    public async Task Replaying_all_leaves_the_discarded_ones_alone()
    {
        using var discarded = await SendAsync(HttpMethod.Delete, $"/{_batchIds[0]}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SendAsync(HttpMethod.Post, "/replay")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        var replayed = await Task.WhenAll(answers.Select(answer => answer.Content.ReadFromJsonAsync<PipelineReplay>(PulseBoardApplication.Json)));
        Assert.Equal(_batchIds.Length - 1, replayed.Sum(replay => replay!.Replayed));
        Array.ForEach(answers, answer => answer.Dispose());
        await Eventually.BecomesAsync(
            "the replayed batches to be counted",
            () => application.QueryAsync<long>("SELECT count(*) FROM event_batches WHERE batch_id = ANY ($1)", _batchIds),
            left => left == 1);
        Assert.Equal([_batchIds[0]], (await ListAsync($"?state=discarded&before={_batchIds[1]}")).Batches.Select(batch => batch.BatchId));
    }

    [Theory]
    [InlineData("GET", "?limit=0", HttpStatusCode.BadRequest, "out_of_range", "limit")]
    [InlineData("GET", "?limit=201", HttpStatusCode.BadRequest, "out_of_range", "limit")]
    [InlineData("GET", "?limit=many", HttpStatusCode.BadRequest, "out_of_range", "limit")]
    [InlineData("GET", "?before=yesterday", HttpStatusCode.BadRequest, "not_uuid", "before")]
    [InlineData("GET", "?state=asleep", HttpStatusCode.BadRequest, "unknown_state", "state")]
    [InlineData("GET", "/nobody", HttpStatusCode.BadRequest, "not_uuid", "batch_id")]
    [InlineData("DELETE", "/nobody", HttpStatusCode.BadRequest, "not_uuid", "batch_id")]
    [InlineData("POST", "/nobody/replay", HttpStatusCode.BadRequest, "not_uuid", "batch_id")]
    [InlineData("GET", "/00000000-0000-7000-8000-000000000000", HttpStatusCode.NotFound, "batch_not_dead", "batch_id")]
    [InlineData("DELETE", "/00000000-0000-7000-8000-000000000000", HttpStatusCode.NotFound, "batch_not_dead", "batch_id")]
    [InlineData("POST", "/00000000-0000-7000-8000-000000000000/replay", HttpStatusCode.NotFound, "batch_not_dead", "batch_id")]
    public async Task A_request_that_cannot_be_answered_is_told_why(string method, string rest, HttpStatusCode status, string code, string field)
    {
        using var response = await SendAsync(HttpMethod.Parse(method), rest);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    // Through Web, which forwards what is not its own.
    private async Task<PipelineDeadPage> ListAsync(string query) =>
        (await application.Web.GetFromJsonAsync<PipelineDeadPage>($"/api/pipeline/dead{query}", PulseBoardApplication.Json))!;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string rest)
    {
        using var request = new HttpRequestMessage(method, $"/api/pipeline/dead{rest}");
        return await application.Web.SendAsync(request);
    }
}
