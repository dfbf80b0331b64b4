using System.Net;
using System.Net.Http.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Faults;

namespace PulseBoard.Tests.Pipeline;

[Collection(FaultsCollection.Name)]
public sealed class DeadBatchTests(FaultyApplication application)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_dead_batch_counts_once_when_it_is_replayed_after_its_cause_was_mended()
    {
        var (user, batch) = await PoisonAsync();
        await MendAsync(user);

        using var replayed = await application.Dashboard.PostAsync(new Uri($"/api/pipeline/dead/{batch.BatchId}/replay", UriKind.Relative), null);
        using var again = await application.Dashboard.PostAsync(new Uri($"/api/pipeline/dead/{batch.BatchId}/replay", UriKind.Relative), null);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound), (replayed.StatusCode, again.StatusCode));
        var summary = await application.CountedAsync(user, 1);
        Assert.Equal(1, summary!.TotalTasksCreated);
        await application.AssertInvariantsAsync();
        Assert.Equal(1, (await application.SummaryAsync(user))!.TotalEvents);
    }

    [Fact]
    public async Task A_dead_batch_that_is_replayed_with_its_cause_in_place_comes_back_dead_and_can_be_discarded_for_good()
    {
        var (user, batch) = await PoisonAsync();
        var before = await ReadAsync();

        using var replayed = await application.Dashboard.PostAsync(new Uri($"/api/pipeline/dead/{batch.BatchId}/replay", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Accepted, replayed.StatusCode);
        var back = await Eventually.BecomesAsync(
            "the batch to be dead again", () => FindAsync(user), found => found?.DeadAt > batch.DeadAt, Limit);
        Assert.Equal((5, "22003: bigint out of range"), (back!.Attempts, back.Error));

        using var discarded = await application.Dashboard.DeleteAsync(new Uri($"/api/pipeline/dead/{batch.BatchId}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, discarded.StatusCode);
        await MendAsync(user);

        await application.AssertInvariantsAsync();
        var after = await ReadAsync();
        Assert.Equal((before.Events.Stored, before.Events.Counted), (after.Events.Stored, after.Events.Counted));
        Assert.Equal((before.Events.Dead - 1, before.Events.Discarded + 1), (after.Events.Dead, after.Events.Discarded));
        Assert.Equal(after.Events.Counted + after.Events.Pending + after.Events.Dead + after.Events.Discarded, after.Events.Stored);
        Assert.Equal(1, await application.StoredAsync(user));
        Assert.Null(await application.SummaryAsync(user));
    }

    [Fact]
    public async Task The_pipeline_is_told_within_a_second_while_RabbitMQ_is_away()
    {
        await application.StopAsync("rabbitmq");
        try
        {
            var away = await Eventually.BecomesAsync("the broker to be missed", ReadAsync, status => status.Broker.State == PipelineBroker.Away);
            Assert.Equal(new PipelineBroker(PipelineBroker.Away, null, null), away.Broker);

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => application.Dashboard.GetAsync(new Uri("/api/pipeline", UriKind.Relative), limit.Token)));
        }
        finally
        {
            await application.StartAsync("rabbitmq");
        }

        await Eventually.BecomesAsync(
            "the broker and its worker to be back", ReadAsync, status => status.Broker is { State: PipelineBroker.Up, Consumers: 1 }, Limit);
    }

    [Fact]
    public async Task Without_Postgres_the_pipeline_and_its_dead_are_unavailable_for_now()
    {
        await application.StopAsync("postgres");
        try
        {
            foreach (var path in new[] { "/api/pipeline", "/api/pipeline/dead" })
            {
                using var response = await application.Dashboard.GetAsync(new Uri(path, UriKind.Relative));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
                Assert.Contains("\"code\":\"storage_unavailable\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
        finally
        {
            await application.StartAsync("postgres");
        }
    }

    /// <summary>Posts an event of which each attempt to count it overflows, and waits until its batch is dead.</summary>
    private async Task<(string User, PipelineDeadBatch Batch)> PoisonAsync()
    {
        var user = PulseBoardApplication.NewUser();
        await Eventually.BecomesAsync("what other tests sent to be counted", application.OutstandingAsync, waiting => waiting == 0);

        // In another column than the events, whose sum is to be read meanwhile.
        await application.QueryAsync<object>(
            "INSERT INTO daily_user_metrics (user_id, metric_date, tasks_created) VALUES ($1, $2, $3)",
            user, DateOnly.FromDateTime(DateTime.UtcNow), long.MaxValue);
        var receipt = await application.PostAsync(user, "task_created");
        var batch = await Eventually.BecomesAsync("the batch to be dead", () => FindAsync(user), found => found is not null, Limit);

        Assert.Equal((1, 5, "22003: bigint out of range"), (batch!.EventCount, batch.Attempts, batch.Error));
        Assert.Equal([(receipt.EventId, "task_created")], batch.Events!.Select(stored => (stored.EventId, stored.Type)));
        return (user, batch);
    }

    private async Task MendAsync(string user) =>
        await application.QueryAsync<object>("DELETE FROM daily_user_metrics WHERE user_id = $1 AND tasks_created > 1", user);

    /// <summary>The dead batch with a person's event, or null.</summary>
    private async Task<PipelineDeadBatch?> FindAsync(string user)
    {
        var batchId = await application.QueryAsync<Guid>("SELECT batch_id FROM events WHERE user_id = $1", user);
        var page = await application.Dashboard.GetFromJsonAsync<PipelineDeadPage>("/api/pipeline/dead", PulseBoardApplication.Json);
        return page!.Batches.Any(batch => batch.BatchId == batchId)
            ? await application.Dashboard.GetFromJsonAsync<PipelineDeadBatch>($"/api/pipeline/dead/{batchId}", PulseBoardApplication.Json)
            : null;
    }

    private async Task<PipelineStatus> ReadAsync() =>
        (await application.Dashboard.GetFromJsonAsync<PipelineStatus>("/api/pipeline", PulseBoardApplication.Json))!;
}
