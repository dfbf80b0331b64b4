using System.Net.Http.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Pipeline;

[Collection(ApplicationCollection.Name)]
public sealed class PipelineTests(PulseBoardApplication application)
{
    [Fact]
    public async Task Each_event_that_was_sent_is_accounted_for()
    {
        const int Good = 12;
        const int Repeated = 5;
        var user = PulseBoardApplication.NewUser();
        var before = await SettledAsync();

        var eventIds = Enumerable.Range(0, Good).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(eventIds.Select(eventId => application.PostAsync(user, "task_created", eventId)));
        await Task.WhenAll(eventIds.Take(Repeated).Select(eventId => application.PostAsync(user, "task_created", eventId)));
        await RefuseAsync(new { user });
        await RefuseAsync(new { user, type = new string('x', 51) });
        await RefuseAsync(new { user, type = new string('y', 51) });

        var after = await Eventually.BecomesAsync(
            "all of it in the document",
            ReadAsync,
            now => now.Events.Duplicates == before.Events.Duplicates + Repeated
                && now.Events.Rejected == before.Events.Rejected + 3
                && now.Events.Counted == before.Events.Counted + Good
                && now.Recent.Counted.Sum() >= before.Recent.Counted.Sum() + Good);
        AssertAddsUp(after);
        Assert.Equal(before.Events.Stored + Good, after.Events.Stored);
        Assert.Equal(before.Events.RejectedByCode.GetValueOrDefault("required") + 1, after.Events.RejectedByCode["required"]);
        Assert.Equal(before.Events.RejectedByCode.GetValueOrDefault("too_long") + 2, after.Events.RejectedByCode["too_long"]);
        Assert.True(after.Batches.Committed > before.Batches.Committed);
        Assert.True(after.Batches.MeanSize >= 1);
        Assert.True(after.Batches.MeanCommitSeconds > 0);
        Assert.True(after.Publishing.Confirmed + after.Publishing.Relayed > before.Publishing.Confirmed + before.Publishing.Relayed);
        Assert.True(after.Counting.Batches > before.Counting.Batches);
        Assert.True(after.Counting.LagSeconds > 0);
        Assert.True(after.Since <= after.AsOf);
        Assert.Equal(Good, after.Recent.Accepted.Sum() - before.Recent.Accepted.Sum());
    }

    [Fact]
    public async Task What_is_stored_adds_up_at_every_moment_under_load()
    {
        const int Clients = 8;
        const int Each = 40;
        var user = PulseBoardApplication.NewUser();
        var before = await SettledAsync();
        var acknowledged = 0;

        var posting = Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                await application.PostAsync(user, "task_created");
                Interlocked.Increment(ref acknowledged);
            }
        }));
        do
        {
            var known = Volatile.Read(ref acknowledged);
            var now = await ReadAsync();
            AssertAddsUp(now);
            Assert.InRange(now.Events.Stored - before.Events.Stored, known, Clients * Each);
        }
        while (!posting.IsCompleted);

        await posting;
        var after = await SettledAsync();
        Assert.Equal(before.Events.Counted + (Clients * Each), after.Events.Counted);
    }

    [Fact]
    public async Task The_document_has_the_broker_and_an_hour_by_minute_and_is_the_same_behind_Web()
    {
        var direct = await ReadAsync();
        Assert.Equal(PipelineBroker.Up, direct.Broker.State);
        Assert.InRange(direct.Broker.Ready!.Value, 0, 1_000);
        Assert.Equal(1, direct.Broker.Consumers);
        Assert.All([direct.Recent.Accepted, direct.Recent.Duplicates, direct.Recent.Rejected, direct.Recent.Counted], minutes => Assert.Equal(60, minutes.Count));
        Assert.InRange(direct.AsOf - direct.Recent.From, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));

        var text = await application.Web.GetStringAsync(new Uri("/api/pipeline", UriKind.Relative));
        Assert.Contains("\"rejected_by_code\":{", text, StringComparison.Ordinal);
        Assert.Contains("\"oldest_pending_seconds\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_has_the_last_reconciliation()
    {
        // The first one comes a while after the start of the worker.
        var status = await Eventually.BecomesAsync(
            "a reconciliation in the document", ReadAsync, now => now.Reconciliation is not null, TimeSpan.FromMinutes(3));

        var reconciliation = status.Reconciliation!;
        Assert.InRange(reconciliation.CheckedAt, status.AsOf.AddMinutes(-10), status.AsOf);
        Assert.Equal(
            (reconciliation.Events, reconciliation.Drift, reconciliation.Days),
            (
                await application.QueryAsync<long>("SELECT events FROM reconciliations WHERE checked_at = $1", reconciliation.CheckedAt),
                await application.QueryAsync<long>("SELECT drift FROM reconciliations WHERE checked_at = $1", reconciliation.CheckedAt),
                await application.QueryAsync<int>("SELECT days FROM reconciliations WHERE checked_at = $1", reconciliation.CheckedAt)));
    }

    [Fact]
    public async Task The_document_has_how_often_the_read_api_answered_from_its_cache()
    {
        const int Requests = 10;
        var before = (await ReadAsync()).Cache;
        for (var i = 0; i < Requests; i++)
        {
            await application.Dashboard.GetStringAsync(new Uri("/api/metrics/summary", UriKind.Relative));
        }

        var cache = (await Eventually.BecomesAsync("the requests in the document", ReadAsync, now => Answers(now.Cache) >= Answers(before) + Requests)).Cache;
        Assert.True(cache.Hits > before.Hits);
        Assert.Equal((double)(cache.Hits + cache.Stale) / Answers(cache), cache.HitRatio!.Value, precision: 9);

        static long Answers(PipelineCache cache) => cache.Hits + cache.Misses + cache.Errors + cache.Stale;
    }

    private static void AssertAddsUp(PipelineStatus status)
    {
        var events = status.Events;
        Assert.Equal(events.Counted + events.Pending + events.Dead + events.Discarded, events.Stored);
        Assert.Equal(events.Stored, events.Accepted);
        Assert.Equal(events.Accepted + events.Duplicates + events.Rejected, events.Received);
        Assert.Equal(events.RejectedByCode.Values.Sum(), events.Rejected);
        Assert.Equal(
            (events.Pending, events.Dead, events.Discarded), (status.Outbox.PendingEvents, status.Outbox.DeadEvents, status.Outbox.DiscardedEvents));
        Assert.Equal(events.Counted, status.Counting.Events);
        Assert.Equal(status.Outbox.PendingBatches > 0, status.Outbox.OldestPendingSeconds is >= 0);
    }

    private async Task<PipelineStatus> ReadAsync() =>
        (await application.Dashboard.GetFromJsonAsync<PipelineStatus>("/api/pipeline", PulseBoardApplication.Json))!;

    /// <summary>Waits until nothing is pending and two looks, with a flush between them, see the same.</summary>
    private async Task<PipelineStatus> SettledAsync()
    {
        var last = await ReadAsync();
        return await Eventually.BecomesAsync(
            "the pipeline to be at rest",
            ReadAsync,
            now =>
            {
                if (now.Events.Pending == 0 && now.Events.Received == last.Events.Received && now.Recent.Counted.Sum() == last.Recent.Counted.Sum())
                {
                    return now.AsOf - last.AsOf > TimeSpan.FromSeconds(2);
                }

                last = now;
                return false;
            });
    }

    private async Task RefuseAsync(object activityEvent)
    {
        using var response = await application.Activity.PostAsJsonAsync("/api/activity", activityEvent);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }
}
