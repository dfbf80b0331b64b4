using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PulseBoard.Analytics.Notices;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class RollupWriterTests(PulseBoardApplication application)
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Workers_that_are_given_the_same_batches_at_once_count_each_of_them_once(int workers)
    {
        const int Batches = 300;
        await using var database = await RollupDatabase.CreateAsync(application);
        var random = new Random(workers);
        var batchIds = new List<Guid>();
        for (var i = 0; i < Batches; i++)
        {
            batchIds.Add(await database.StoreAsync(Day.AddDays(random.Next(3)), [.. Enumerable.Range(0, 10).Select(_ => $"person {random.Next(20)}")]));
        }

        // Each worker gets all of them, some of them twice, in an order of its own.
        var deliveries = Enumerable.Range(0, workers)
            .Select(_ => batchIds.Concat(batchIds.Take(Batches / 3)).OrderBy(_ => random.Next()).ToArray())
            .ToArray();
        await Task.WhenAll(deliveries.Select(async messages =>
        {
            var writer = await StartAsync(database);
            await Task.WhenAll(messages.Chunk(10).Select(message => writer.CountAsync(message, CancellationToken.None)));
            await writer.StopAsync(CancellationToken.None);
        })).WaitAsync(Eventually.DefaultLimit);

        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM event_batches"));
        Assert.Equal(Batches * 10, await database.QueryAsync<long>("SELECT sum(event_count)::bigint FROM daily_user_metrics"));
        await database.AssertExactAsync();
    }

    [Fact]
    public async Task A_batch_is_counted_once_after_a_deadlock()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var writer = await StartAsync(database);
        await writer.CountAsync([await database.StoreAsync(Day, "alex", "kim")], CancellationToken.None);
        var batchId = await database.StoreAsync(Day, "alex", "kim", "kim");

        Task counting;
        await using (var other = await database.BeginAsync("UPDATE daily_user_metrics SET event_count = event_count WHERE user_id = 'kim'"))
        {
            counting = writer.CountAsync([batchId], CancellationToken.None);
            await Eventually.BecomesAsync("the worker to wait for the other", database.WaitingAsync, waiting => waiting == 1);

            // The worker looks for a deadlock first, so it is the one that is rolled back; then the other gets its lock.
            await ExecuteAsync(other, "SET LOCAL deadlock_timeout = '60s'");
            await ExecuteAsync(other, "UPDATE daily_user_metrics SET event_count = event_count WHERE user_id = 'alex'");
            Assert.False(counting.IsCompleted);
            await ExecuteAsync(other, "COMMIT");
        }

        await counting.WaitAsync(Eventually.DefaultLimit);
        await Eventually.BecomesAsync(
            "the deadlock to be in the statistics",
            () => database.QueryAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
            deadlocks => deadlocks == 1);
        await database.AssertExactAsync();
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_batch_is_counted_once_after_a_serialization_failure()
    {
        await using var database = await RollupDatabase.CreateAsync(application, @"-c default_transaction_isolation=repeatable\ read");
        var writer = await StartAsync(database);
        await writer.CountAsync([await database.StoreAsync(Day, "alex")], CancellationToken.None);
        var batchId = await database.StoreAsync(Day, "alex");
        var failed = await RolledBackAsync(database);

        Task counting;
        await using (var other = await database.BeginAsync("UPDATE daily_user_metrics SET event_count = event_count WHERE user_id = 'alex'"))
        {
            counting = writer.CountAsync([batchId], CancellationToken.None);
            await Eventually.BecomesAsync("the worker to wait for the other", database.WaitingAsync, waiting => waiting == 1);
            await ExecuteAsync(other, "COMMIT");
        }

        await counting.WaitAsync(Eventually.DefaultLimit);
        await Eventually.BecomesAsync("the rollback to be in the statistics", () => RolledBackAsync(database), rolledBack => rolledBack > failed);
        await database.AssertExactAsync();
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Batches_after_a_poisoned_one_are_counted_though_Postgres_goes_away_while_its_failure_is_noted()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var writer = await StartAsync(database);
        await database.ExecuteAsync("INSERT INTO daily_user_metrics (user_id, metric_date, tasks_completed) VALUES ('alex', $1, $2)", Day, long.MaxValue);
        var (poisoned, good) = (await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day, "kim"));

        // The first note of a failure meets a Postgres that stops. A sequence forgets nothing when a transaction is rolled back.
        await database.ExecuteAsync("CREATE SEQUENCE noted");
        await database.ExecuteAsync("""
            CREATE FUNCTION stop_once() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('noted') = 1 THEN
                    RAISE EXCEPTION 'terminating connection due to administrator command' USING ERRCODE = '57P01';
                END IF;
                RETURN NEW;
            END $$
            """);
        await database.ExecuteAsync("CREATE TRIGGER stop_once BEFORE UPDATE ON event_batches FOR EACH ROW EXECUTE FUNCTION stop_once()");

        await writer.CountAsync([poisoned, good], CancellationToken.None).WaitAsync(Eventually.DefaultLimit);

        Assert.Equal(2, await database.QueryAsync<long>("SELECT last_value FROM noted"));
        Assert.Equal(1, await database.QueryAsync<int>("SELECT attempts FROM event_batches WHERE batch_id = $1", poisoned));
        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM event_batches WHERE batch_id = $1", good));
        Assert.Equal(1, await database.QueryAsync<long>("SELECT event_count FROM daily_user_metrics WHERE user_id = 'kim'"));
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task People_hear_of_batches_that_others_counted_while_this_worker_waited_too_long_for_them()
    {
        const string WaitsSince = "SELECT min(query_start) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        using var notices = new NoticeCounter(worker);
        var writer = await StartAsync(worker);
        var batchIds = new[] { await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day, "kim") };

        Task counting;
        await using (var other = await database.BeginAsync("DELETE FROM event_batches"))
        {
            counting = writer.CountAsync(batchIds, CancellationToken.None);
            await Eventually.BecomesAsync("the worker to wait for the other", database.WaitingAsync, waiting => waiting == 1);
            var first = await database.QueryAsync<DateTime>(WaitsSince);
            await Eventually.BecomesAsync(
                "the worker to try a part", () => database.QueryAsync<DateTime>(WaitsSince), since => since > first, TimeSpan.FromSeconds(60));
            await ExecuteAsync(other, "COMMIT");
        }

        // As after a commit whose answer was lost: there is nothing left to count.
        await counting.WaitAsync(Eventually.DefaultLimit);
        Assert.Equal(1, await notices.StopAsync(worker.GetRequiredService<MetricsNotifier>()));
        await writer.StopAsync(CancellationToken.None);
    }

    private static Task<RollupWriter> StartAsync(RollupDatabase database) => StartAsync(database.NewWorker());

    private static async Task<RollupWriter> StartAsync(IServiceProvider worker)
    {
        var writer = worker.GetRequiredService<RollupWriter>();
        await writer.StartAsync(CancellationToken.None);
        return writer;
    }

    private static Task<long> RolledBackAsync(RollupDatabase database) =>
        database.QueryAsync<long>("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
