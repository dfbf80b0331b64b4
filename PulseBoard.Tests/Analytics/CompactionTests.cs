using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data.Rollups;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class CompactionTests(PulseBoardApplication application)
{
    private static readonly DateOnly Day = new(2026, 10, 30);

    [Fact]
    public async Task Compaction_changes_no_number_and_leaves_nothing_behind()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        var random = new Random(7);
        for (var round = 0; round < 5; round++)
        {
            await CountAsync(database, worker, random);
            await database.AssertExactAsync();
            await worker.GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);
            await database.AssertExactAsync();
            Assert.Equal(0, await database.QueryAsync<long>("SELECT (SELECT count(*) FROM rollup_deltas) + (SELECT count(*) FROM task_changes)"));
        }

        Assert.Equal(
            await database.QueryAsync<long>("SELECT count(*) FROM events"),
            await database.QueryAsync<decimal>("SELECT sum(events) FROM quarter_hours"));
    }

    [Fact]
    public async Task Workers_that_count_and_compact_at_once_keep_every_level_exact()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var workers = new[] { database.NewWorker(), database.NewWorker() };
        using var done = new CancellationTokenSource();

        var compacting = workers.Select(worker => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await worker.GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);
            }
        })).ToArray();
        await Task.WhenAll(workers.Select((worker, seed) => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                await CountAsync(database, worker, new Random(seed));
                await PackedRollups.AssertExactAsync(database.Source);
            }
        })));
        await done.CancelAsync();
        await Task.WhenAll(compacting);

        await database.AssertExactAsync();
    }

    [Fact]
    public async Task A_compaction_that_is_cut_off_has_moved_nothing()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        await CountAsync(database, worker, new Random(5));
        var compactor = worker.GetRequiredService<Compactor>();

        Task<int> compacting;
        await using (await database.BeginAsync("LOCK TABLE person_days IN ACCESS EXCLUSIVE MODE"))
        {
            // It has taken the deltas and written two levels by then.
            compacting = compactor.CompactAsync(CancellationToken.None);
            await Eventually.BecomesAsync("the compaction to wait for the lock", database.WaitingAsync, waiting => waiting == 1);
            await database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => compacting);
        }

        await database.AssertExactAsync();
        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM quarter_hours"));
        await compactor.CompactAsync(CancellationToken.None);
        await database.AssertExactAsync();
        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM rollup_deltas"));
    }

    [Fact]
    public async Task Another_reporting_zone_moves_the_days_and_nothing_else()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        await CountAsync(database, worker, new Random(3));
        await worker.GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);

        var kathmandu = database.NewWorker(services => services.Configure<ReportingOptions>(options => options.TimeZone = "Asia/Kathmandu"));
        await kathmandu.GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);

        Assert.Equal("Asia/Kathmandu", await database.QueryAsync<string>("SELECT reporting_zone FROM rollup_state"));
        Assert.Equal(
            await database.QueryAsync<string>("""
                SELECT string_agg(day || ' ' || count, ', ' ORDER BY day)
                FROM (SELECT (timestamp AT TIME ZONE 'Asia/Kathmandu')::date AS day, count(*) AS count FROM events GROUP BY 1) AS days
                """),
            await DaysAsync(database));

        await database.NewWorker().GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);
        await database.AssertExactAsync();
    }

    private static async Task CountAsync(RollupDatabase database, IServiceProvider worker, Random random)
    {
        var batchIds = new List<Guid>();
        for (var batch = 0; batch < 4; batch++)
        {
            string[] people = [.. Enumerable.Range(0, 15).Select(_ => $"person {random.Next(8)}")];
            batchIds.Add(await database.StoreAsync(Day.AddDays(random.Next(4)), people));
        }

        await worker.GetRequiredService<RollupStore>().CountAsync([.. batchIds], CancellationToken.None);
    }

    private static async Task<string> DaysAsync(RollupDatabase database)
    {
        var days = new SortedDictionary<DateOnly, long>();
        await using var command = database.Source.CreateCommand("SELECT month, totals FROM person_days");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var month = reader.GetFieldValue<DateOnly>(0);
            foreach (var cell in Cells.Unpack(reader.GetFieldValue<byte[]>(1)).Where(cell => cell.Code == 0))
            {
                var day = month.AddDays(cell.Offset);
                days[day] = days.GetValueOrDefault(day) + cell.Count;
            }
        }

        return string.Join(", ", days.Select(day => $"{day.Key:yyyy-MM-dd} {day.Value}"));
    }
}
