using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PulseBoard.Contracts;
using PulseBoard.Data.Accounting;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Pipeline;

[Collection(ApplicationCollection.Name)]
public sealed class PipelineCountsTests(PulseBoardApplication application) : IAsyncLifetime
{
    private const string Totals = "SELECT name, sum(value) FROM pipeline_counts GROUP BY name ORDER BY name";

    private readonly SetTime _time = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(application);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Counts_of_all_processes_add_up_and_survive_each_of_them()
    {
        using (var first = Counts())
        using (var other = Counts())
        {
            first.Add(PipelineCounters.EventsDuplicate);
            first.Add(PipelineCounters.EventsRejected("too_long"), 2);
            other.Add(PipelineCounters.EventsDuplicate, 10);
            await first.FlushAsync(CancellationToken.None);
            await other.FlushAsync(CancellationToken.None);
            first.Add(PipelineCounters.EventsDuplicate, 4);
            await first.FlushAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromMinutes(1));
            first.Add(PipelineCounters.EventsDuplicate, 5);
            await first.FlushAsync(CancellationToken.None);
        }

        using var next = Counts();
        next.Add(PipelineCounters.EventsDuplicate, 100);
        await next.FlushAsync(CancellationToken.None);

        Assert.Equal(["events.duplicate 120", "events.rejected.too_long 2"], await _database.QueryAsync(Totals));
        Assert.Equal(["15", "105"], await _database.QueryAsync("SELECT sum(value) FROM pipeline_counts WHERE name = 'events.duplicate' GROUP BY minute ORDER BY minute"));
    }

    [Fact]
    public async Task A_flush_whose_answer_was_lost_is_repeated_and_counts_once()
    {
        var store = new PipelineCountStore(_database.Connections);
        var source = Guid.CreateVersion7();
        PipelineCount[] counts = [new(_time.GetUtcNow(), PipelineCounters.EventsDuplicate, 7), new(_time.GetUtcNow(), PipelineCounters.BatchesCommitted, 3)];

        await store.SaveAsync(source, counts, CancellationToken.None);
        await store.SaveAsync(source, counts, CancellationToken.None);

        Assert.Equal(["batches.committed 3", "events.duplicate 7"], await _database.QueryAsync(Totals));
    }

    [Fact]
    public async Task A_flush_that_is_carried_out_after_the_next_one_takes_nothing_back()
    {
        var store = new PipelineCountStore(_database.Connections);
        var source = Guid.CreateVersion7();

        await store.SaveAsync(source, [new(_time.GetUtcNow(), PipelineCounters.EventsDuplicate, 9)], CancellationToken.None);
        await store.SaveAsync(source, [new(_time.GetUtcNow(), PipelineCounters.EventsDuplicate, 7)], CancellationToken.None);

        Assert.Equal(["events.duplicate 9"], await _database.QueryAsync(Totals));
    }

    [Fact]
    public async Task A_flush_that_was_given_up_is_made_good_by_the_next()
    {
        using var counts = Counts();
        counts.Add(PipelineCounters.BatchesCommitted, 2);
        await using (var holder = await _database.Connections.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await holder.Npgsql.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE pipeline_counts IN ACCESS EXCLUSIVE MODE", holder.Npgsql);
            await command.ExecuteNonQueryAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => counts.FlushAsync(limit.Token));
        }

        counts.Add(PipelineCounters.BatchesCommitted, 3);
        await counts.FlushAsync(CancellationToken.None);

        Assert.Equal(["batches.committed 5"], await _database.QueryAsync(Totals));
    }

    [Fact]
    public async Task What_is_counted_while_the_database_is_away_is_kept_within_bounds_and_written_when_it_is_back()
    {
        const int Minutes = 3 * PipelineCounts.MaximumMinutes;
        await using var absent = await TestDatabase.NameAsync(application);
        using var counts = Counts(absent);
        for (var minute = 0; minute < Minutes; minute++)
        {
            counts.Add(PipelineCounters.EventsDuplicate, 2);

            // Collected by minute all the same, whatever comes of the attempt: once in a while, since each takes a connection.
            using var limit = new CancellationTokenSource();
            if (minute % 60 != 0)
            {
                await limit.CancelAsync();
            }

            await Assert.ThrowsAnyAsync<Exception>(() => counts.FlushAsync(limit.Token));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        await absent.MigrateAsync();
        await counts.FlushAsync(CancellationToken.None);

        Assert.Equal([$"events.duplicate {2 * Minutes}"], await absent.QueryAsync(Totals));
        var kept = int.Parse(Assert.Single(await absent.QueryAsync("SELECT count(*) FROM pipeline_counts")), CultureInfo.InvariantCulture);
        Assert.InRange(kept, 2, PipelineCounts.MaximumMinutes);
    }

    [Fact]
    public async Task A_graceful_stop_writes_what_was_counted_last()
    {
        using var counts = new PipelineCounts(_database.Connections, TimeProvider.System, NullLogger<PipelineCounts>.Instance);
        await counts.StartAsync(CancellationToken.None);
        counts.Add(PipelineCounters.PublishConfirmed, 3);
        await Eventually.BecomesAsync("a flush within a second", () => _database.QueryAsync(Totals), rows => rows is ["publish.confirmed 3"], TimeSpan.FromSeconds(10));

        counts.Add(PipelineCounters.PublishConfirmed, 4);
        await counts.StopAsync(CancellationToken.None);

        Assert.Equal(["publish.confirmed 7"], await _database.QueryAsync(Totals));
    }

    [Fact]
    public async Task Nothing_is_lost_of_what_many_count_at_once_while_it_is_written()
    {
        const int Each = 200_000;
        using var counts = Counts();

        var counting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counts.Add(PipelineCounters.EventsAccepted);
            }
        })));
        while (!counting.IsCompleted)
        {
            await counts.FlushAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        await counting;
        await counts.FlushAsync(CancellationToken.None);

        Assert.Equal([$"events.accepted {4 * Each}"], await _database.QueryAsync(Totals));
    }

    [Fact]
    public async Task More_names_than_there_can_be_are_counted_under_one()
    {
        using var counts = Counts();
        for (var i = 0; i < 2 * PipelineCounts.MaximumNames; i++)
        {
            counts.Add($"name {i}");
        }

        counts.Add(new string('x', PipelineCounters.NameLength + 1));
        await counts.FlushAsync(CancellationToken.None);

        Assert.Equal(
            [$"{PipelineCounts.MaximumNames + 1} {(2 * PipelineCounts.MaximumNames) + 1}"],
            await _database.QueryAsync("SELECT count(*), sum(value) FROM pipeline_counts"));
    }

    [Fact]
    public async Task Folds_keep_the_sums_however_many_there_are_at_once()
    {
        // Two days by the minute, the latter of which begins within the last day; and two months by the hour, folded before.
        _time.Set("2026-11-22T12:34:56Z");
        await _database.QueryAsync("""
            INSERT INTO pipeline_counts (minute, source, name, value)
            SELECT minute, source::uuid, name, 1
            FROM generate_series(timestamptz '2026-11-20T12:00:00Z', '2026-11-22T11:59:00Z', '1 minute') AS minute,
                 unnest(ARRAY['a', 'b']) AS name,
                 unnest(ARRAY['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']) AS source;
            INSERT INTO pipeline_counts (minute, source, name, value)
            SELECT hour, '00000000-0000-0000-0000-000000000000', 'a', 60
            FROM generate_series(timestamptz '2026-09-20T00:00:00Z', '2026-11-20T11:00:00Z', '1 hour') AS hour;
            """);
        var before = await _database.QueryAsync(Totals);
        var recent = await _database.QueryAsync(Recent);

        var processes = Enumerable.Range(0, 4).Select(_ => Counts()).ToArray();
        await Task.WhenAll(processes.Select(process => process.FoldAsync(CancellationToken.None)));
        await processes[0].FoldAsync(CancellationToken.None);

        Assert.Equal(before, await _database.QueryAsync(Totals));
        Assert.Equal(recent, await _database.QueryAsync(Recent));
        Assert.Equal(["0"], await _database.QueryAsync(
            $"SELECT count(*) FROM pipeline_counts WHERE minute < timestamptz '2026-11-21T12:00:00Z' AND (source <> '{PipelineCountStore.Folded}' OR minute <> date_trunc('hour', minute, 'UTC'))"));
        Assert.Equal(["120"], await _database.QueryAsync("SELECT value FROM pipeline_counts WHERE name = 'b' AND minute = timestamptz '2026-11-21T11:00:00Z'"));
        Assert.Equal(["1440"], await _database.QueryAsync("SELECT value FROM pipeline_counts WHERE name = 'a' AND minute >= timestamptz '2026-10-01T00:00:00Z' AND minute < timestamptz '2026-10-02T00:00:00Z'"));

        // A straggler finds its hour there already.
        await _database.QueryAsync("INSERT INTO pipeline_counts VALUES (timestamptz '2026-11-21T11:17:00Z', gen_random_uuid(), 'b', 5)");
        await processes[1].FoldAsync(CancellationToken.None);
        Assert.Equal(["125"], await _database.QueryAsync("SELECT value FROM pipeline_counts WHERE name = 'b' AND minute = timestamptz '2026-11-21T11:00:00Z'"));
        Array.ForEach(processes, process => process.Dispose());
    }

    private const string Recent = "SELECT minute, source, name, value FROM pipeline_counts WHERE minute >= timestamptz '2026-11-21T12:00:00Z' ORDER BY 1, 2, 3";

    private PipelineCounts Counts(TestDatabase? database = null) => new((database ?? _database).Connections, _time, NullLogger<PipelineCounts>.Instance);

    /// <summary>A clock that stands still until it is moved.</summary>
    private sealed class SetTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;

        public void Set(string now) => _now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
    }
}
