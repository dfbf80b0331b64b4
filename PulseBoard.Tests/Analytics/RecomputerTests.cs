using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Notices;
using PulseBoard.Analytics.Recomputation;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class RecomputerTests(PulseBoardApplication application)
{
    private const string Open = "SELECT count(*) FROM recomputations WHERE finished_at IS NULL";
    private const string Total = "SELECT coalesce(sum(event_count), 0)::bigint FROM daily_user_metrics";

    private static readonly DateOnly Day = new(2026, 11, 1);

    [Fact]
    public async Task Rollups_become_what_the_events_give_and_those_that_are_right_are_not_written()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var store = worker.GetRequiredService<RollupStore>();
        var batchIds = new List<Guid>();
        for (var day = 0; day < 3; day++)
        {
            batchIds.Add(await database.StoreAsync(Day.AddDays(day), "alex", "kim", "robin"));
        }

        await store.CountAsync([.. batchIds], CancellationToken.None);
        await database.StoreAsync(Day, "alex", "alex");
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 7, tasks_created = 0 WHERE user_id = 'alex'");
        await database.ExecuteAsync("DELETE FROM daily_user_metrics WHERE user_id = 'kim'");
        await database.ExecuteAsync("INSERT INTO daily_user_metrics (user_id, metric_date, event_count, tasks_created) VALUES ('nobody', $1, 5, 5), ('nobody else', $1, 0, 0)", Day);
        const string Versions = "SELECT string_agg(xmin::text, ' ' ORDER BY metric_date) FROM daily_user_metrics WHERE user_id = 'robin'";
        var versions = await database.QueryAsync<string>(Versions);

        var id = await RequestAsync(database, Day, Day.AddDays(2));
        await RunAsync(database, worker.GetRequiredService<Recomputer>());

        await database.AssertExactAsync();
        Assert.Equal(versions, await database.QueryAsync<string>(Versions));
        Assert.Equal(8, await database.QueryAsync<long>("SELECT rows_changed FROM recomputations WHERE recomputation_id = $1", id));
    }

    [Fact]
    public async Task Only_the_days_that_were_asked_for_are_mended()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var batchIds = new[] { await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day.AddDays(1), "alex"), await database.StoreAsync(Day.AddDays(2), "alex") };
        await worker.GetRequiredService<RollupStore>().CountAsync(batchIds, CancellationToken.None);
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 9");

        await RequestAsync(database, Day.AddDays(1), Day.AddDays(1));
        await RunAsync(database, worker.GetRequiredService<Recomputer>());

        Assert.Equal("9 1 9", await database.QueryAsync<string>("SELECT string_agg(event_count::text, ' ' ORDER BY metric_date) FROM daily_user_metrics"));
    }

    [Fact]
    public async Task It_is_exact_and_no_total_goes_down_while_batches_are_stored_and_counted()
    {
        const int Writers = 3;
        const int BatchesEach = 60;
        await using var database = await RollupDatabase.CreateAsync(application);
        var workers = Enumerable.Range(0, 2).Select(_ => database.NewWorker()).ToArray();
        var stores = workers.Select(worker => worker.GetRequiredService<RollupStore>()).ToArray();

        // Something to mend, which lies on the days and people that are counted meanwhile.
        var before = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            before.Add(await database.StoreAsync(Day.AddDays(i % 2), [.. Enumerable.Range(0, 10).Select(n => $"person {n}")]));
        }

        await stores[0].CountAsync([.. before], CancellationToken.None);
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 1, tasks_created = 0, tasks_completed = 0");

        foreach (var recomputer in workers.Select(worker => worker.GetRequiredService<Recomputer>()))
        {
            await recomputer.StartAsync(CancellationToken.None);
        }

        using var counted = new CancellationTokenSource();
        var requesting = Task.Run(async () =>
        {
            var requests = 0;
            for (; !counted.IsCancellationRequested; requests++)
            {
                await RequestAsync(database, Day, Day.AddDays(1));
                await Eventually.BecomesAsync("the recomputation to be finished", () => database.QueryAsync<long>(Open), open => open == 0);
            }

            return requests;
        });
        var reading = Task.Run(async () =>
        {
            var last = 0L;
            while (!counted.IsCancellationRequested)
            {
                var total = await database.QueryAsync<long>(Total);
                Assert.True(total >= last, $"The total went from {last} to {total}.");
                last = total;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < BatchesEach; i++)
            {
                var batchId = await database.StoreAsync(Day.AddDays(i % 2), [.. Enumerable.Range(0, 10).Select(_ => $"person {random.Next(12)}").Order(StringComparer.Ordinal)]);
                await stores[writer % 2].CountAsync([batchId], CancellationToken.None);
            }
        })));
        await counted.CancelAsync();
        await reading;

        Assert.True(await requesting > 1);
        await database.AssertExactAsync();
        Assert.Equal((20 * 10) + (Writers * BatchesEach * 10), await database.QueryAsync<long>(Total));
        foreach (var worker in workers)
        {
            await worker.GetRequiredService<Recomputer>().StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_next_worker_goes_on_at_the_day_where_the_last_one_was_killed()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var (first, second) = (database.NewWorker(), database.NewWorker());
        var batchIds = new[] { await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day.AddDays(1), "alex"), await database.StoreAsync(Day.AddDays(2), "alex") };
        await first.GetRequiredService<RollupStore>().CountAsync(batchIds, CancellationToken.None);
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 5");
        var id = await RequestAsync(database, Day, Day.AddDays(2));
        const string Done = "SELECT next_date - from_date FROM recomputations WHERE recomputation_id = $1";

        await using (await database.BeginAsync("SELECT FROM daily_user_metrics WHERE metric_date = $1 FOR UPDATE", Day.AddDays(1)))
        {
            await first.GetRequiredService<Recomputer>().StartAsync(CancellationToken.None);
            await Eventually.BecomesAsync("the worker to be amid the second day", database.WaitingAsync, waiting => waiting == 1);
            Assert.Equal(1, await database.QueryAsync<int>(Done, id));

            // As Postgres sees a worker that is killed: its connection ends.
            await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            await first.GetRequiredService<Recomputer>().StopAsync(CancellationToken.None);
            Assert.Equal(1, await database.QueryAsync<int>(Done, id));
        }

        await RunAsync(database, second.GetRequiredService<Recomputer>());

        await database.AssertExactAsync();
        Assert.Equal(3, await database.QueryAsync<long>("SELECT rows_changed FROM recomputations WHERE recomputation_id = $1", id));
    }

    [Fact]
    public async Task A_day_that_cannot_be_mended_ends_its_request_with_the_reason_and_not_the_next_one()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var batchIds = new[] { await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day.AddDays(1), "alex") };
        await worker.GetRequiredService<RollupStore>().CountAsync(batchIds, CancellationToken.None);
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 3");
        await database.ExecuteAsync("ALTER TABLE daily_user_metrics ADD CONSTRAINT never_one CHECK (event_count <> 1 OR metric_date <> '2026-11-01')");

        var failing = await RequestAsync(database, Day, Day);
        var next = await RequestAsync(database, Day.AddDays(1), Day.AddDays(1));
        await RunAsync(database, worker.GetRequiredService<Recomputer>());

        const string Error = "SELECT coalesce(error, 'none') FROM recomputations WHERE recomputation_id = $1";
        Assert.Contains("never_one", await database.QueryAsync<string>(Error, failing), StringComparison.Ordinal);
        Assert.Equal("none", await database.QueryAsync<string>(Error, next));
        Assert.Equal(1, await database.QueryAsync<long>("SELECT event_count FROM daily_user_metrics WHERE metric_date = $1", Day.AddDays(1)));
    }

    [Fact]
    public async Task People_hear_of_an_attempt_whose_end_is_unknown_also_when_no_other_day_follows()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        await worker.GetRequiredService<RollupStore>().CountAsync([await database.StoreAsync(Day, "alex")], CancellationToken.None);
        await database.ExecuteAsync("UPDATE daily_user_metrics SET event_count = 3");
        using var notices = new NoticeCounter(worker);
        var (recomputer, notifier) = (worker.GetRequiredService<Recomputer>(), worker.GetRequiredService<MetricsNotifier>());
        await RequestAsync(database, Day, Day);

        await using (await database.BeginAsync("SELECT FROM daily_user_metrics FOR UPDATE"))
        {
            await recomputer.StartAsync(CancellationToken.None);
            await Eventually.BecomesAsync("the worker to be amid the day", database.WaitingAsync, waiting => waiting == 1);

            // As if the day had been committed and the answer lost: the worker's connection ends, and nothing is left to do. The
            // update has its turn at the row first, since it waits for it already.
            var finishing = database.ExecuteAsync("UPDATE recomputations SET next_date = to_date + 1, finished_at = now()");
            await Eventually.BecomesAsync("the request to be about to end", database.WaitingAsync, waiting => waiting == 2);
            await database.ExecuteAsync("""
                SELECT pg_terminate_backend(pid)
                FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH lacking%'
                """);
            await finishing;
        }

        await Eventually.BecomesAsync("a notice", () => notices.StopAsync(notifier), attempts => attempts == 1);
        await recomputer.StopAsync(CancellationToken.None);
    }

    private static async Task<Guid> RequestAsync(RollupDatabase database, DateOnly from, DateOnly to)
    {
        var id = Guid.CreateVersion7();
        await database.ExecuteAsync("INSERT INTO recomputations (recomputation_id, from_date, to_date, next_date) VALUES ($1, $2, $3, $2)", id, from, to);
        return id;
    }

    private static async Task RunAsync(RollupDatabase database, Recomputer recomputer)
    {
        await recomputer.StartAsync(CancellationToken.None);
        await Eventually.BecomesAsync("the recomputation to be finished", () => database.QueryAsync<long>(Open), open => open == 0);
        await recomputer.StopAsync(CancellationToken.None);
    }
}
