using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Recomputation;
using PulseBoard.Analytics.Reconciliation;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class ReconcilerTests(PulseBoardApplication application)
{
    private const string Last = "SELECT concat_ws(' ', complete, from_date, to_date, days, events, drift, drifted_days) FROM reconciliations ORDER BY reconciliation_id DESC LIMIT 1";
    private const string Checks = "SELECT count(*) FROM reconciliations";

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task A_drift_is_seen_by_the_check_of_all_days_and_stays_in_sight_until_it_is_mended()
    {
        var old = new DateOnly(2026, 3, 1);
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var reconciler = worker.GetRequiredService<Reconciler>();
        using var drift = new DriftGauge(worker);
        var batchIds = new[] { await database.StoreAsync(old, "alex", "kim"), await database.StoreAsync(old.AddDays(9), "alex") };
        await worker.GetRequiredService<RollupStore>().CountAsync(batchIds, CancellationToken.None);
        await database.StoreAsync(old, "not counted yet");
        Assert.Null(drift.Read());

        // Three events too many, and a day without its rollups.
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = event_count + 3, tasks_created = tasks_created + 1 WHERE user_id = 'alex' AND metric_date = $1", old);
        await database.ExecuteAsync("DELETE FROM daily_user_metrics WHERE metric_date = $1", old.AddDays(9));
        await reconciler.CheckAsync(CancellationToken.None);
        Assert.Equal("t 2026-03-01 2026-03-10 2 3 4 {2026-03-01,2026-03-10}", await database.QueryAsync<string>(Last));
        Assert.Equal(4, drift.Read());

        await reconciler.CheckAsync(CancellationToken.None);
        Assert.Equal("f 2026-03-01 2026-03-10 2 3 4 {2026-03-01,2026-03-10}", await database.QueryAsync<string>(Last));

        await database.ExecuteAsync(
            "INSERT INTO recomputations (recomputation_id, from_date, to_date, next_date) VALUES (gen_random_uuid(), $1, $2, $1)", old, old.AddDays(9));
        var recomputer = worker.GetRequiredService<Recomputer>();
        await recomputer.StartAsync(CancellationToken.None);
        await Eventually.BecomesAsync(
            "the recomputation to be finished", () => database.QueryAsync<long>("SELECT count(*) FROM recomputations WHERE finished_at IS NULL"), open => open == 0);
        await recomputer.StopAsync(CancellationToken.None);
        await reconciler.CheckAsync(CancellationToken.None);

        Assert.Equal("f 2026-03-01 2026-03-10 2 3 0 {}", await database.QueryAsync<string>(Last));
        Assert.Equal(0, drift.Read());
    }

    [Fact]
    public async Task Checks_find_nothing_while_batches_are_stored_and_counted()
    {
        const int Writers = 3;
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var reconciler = worker.GetRequiredService<Reconciler>();
        var store = worker.GetRequiredService<RollupStore>();

        var counting = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 80; i++)
            {
                var batchId = await database.StoreAsync(Today.AddDays(-(i % 2)), [.. Enumerable.Range(0, 10).Select(n => $"person {n}")]);
                await store.CountAsync([batchId], CancellationToken.None);
            }
        })));
        do
        {
            await reconciler.CheckAsync(CancellationToken.None);
        }
        while (!counting.IsCompleted);
        await counting;
        await reconciler.CheckAsync(CancellationToken.None);

        Assert.True(await database.QueryAsync<long>(Checks) > 2);
        Assert.Equal(0, await database.QueryAsync<long>("SELECT max(drift) FROM reconciliations"));
        Assert.Equal(2400, await database.QueryAsync<long>("SELECT max(events) FROM reconciliations"));
    }

    [Fact]
    public async Task A_check_that_another_worker_is_at_is_left_to_it()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var (worker, other) = (database.NewWorker(), database.NewWorker());
        var reconciler = worker.GetRequiredService<Reconciler>();

        await using (var check = await other.GetRequiredService<ReconciliationStore>().TryBeginAsync(CancellationToken.None))
        {
            Assert.NotNull(check);
            await reconciler.CheckAsync(CancellationToken.None);
            Assert.Equal(0, await database.QueryAsync<long>(Checks));
            await ReconciliationStore.EndAsync(check, CancellationToken.None);
        }

        await reconciler.CheckAsync(CancellationToken.None);
        Assert.Equal(1, await database.QueryAsync<long>(Checks));
    }

    [Fact]
    public async Task A_session_that_checks_may_not_be_idle_for_long_and_one_in_the_pool_may()
    {
        const string Limit = "SELECT current_setting('idle_session_timeout')";
        await using var database = await RollupDatabase.CreateAsync(application);
        var store = database.NewWorker().GetRequiredService<ReconciliationStore>();

        await using var check = await store.TryBeginAsync(CancellationToken.None);
        await using var show = check!.CreateCommand(Limit);
        Assert.Equal("2min", await show.ExecuteScalarAsync());

        await ReconciliationStore.EndAsync(check, CancellationToken.None);
        Assert.Equal("0", await show.ExecuteScalarAsync());
        Assert.Equal(0, await database.QueryAsync<long>(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database() AND locktype = 'advisory'"));
    }

    [Fact]
    public async Task What_a_check_found_is_unknown_when_nobody_has_checked_for_three_intervals()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var (worker, other) = (database.NewWorker(), database.NewWorker());
        worker.GetRequiredService<IOptions<ReconciliationOptions>>().Value.Interval = TimeSpan.FromMinutes(1);
        var reconciler = worker.GetRequiredService<Reconciler>();
        using var drift = new DriftGauge(worker);
        await reconciler.CheckAsync(CancellationToken.None);

        await using var check = await other.GetRequiredService<ReconciliationStore>().TryBeginAsync(CancellationToken.None);
        await database.ExecuteAsync("UPDATE reconciliations SET checked_at = now() - interval '2 minutes'");
        await reconciler.CheckAsync(CancellationToken.None);
        Assert.Equal(0, drift.Read());

        await database.ExecuteAsync("UPDATE reconciliations SET checked_at = now() - interval '4 minutes'");
        await reconciler.CheckAsync(CancellationToken.None);
        Assert.Null(drift.Read());
        await ReconciliationStore.EndAsync(check!, CancellationToken.None);
    }

    [Fact]
    public async Task Results_are_forgotten_when_they_are_old()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var reconciler = database.NewWorker().GetRequiredService<Reconciler>();
        await reconciler.CheckAsync(CancellationToken.None);
        await database.ExecuteAsync("UPDATE reconciliations SET checked_at = now() - interval '31 days'");

        await reconciler.CheckAsync(CancellationToken.None);

        Assert.Equal(1, await database.QueryAsync<long>(Checks));
    }

    private sealed class DriftGauge : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long? _value;

        public DriftGauge(IServiceProvider worker)
        {
            var meters = worker.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "pulseboard.rollup.drift" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _value = value);
            worker.GetRequiredService<PulseBoard.Analytics.AnalyticsTelemetry>();
            _listener.Start();
        }

        public long? Read()
        {
            _value = null;
            _listener.RecordObservableInstruments();
            return _value;
        }

        public void Dispose() => _listener.Dispose();
    }
}
