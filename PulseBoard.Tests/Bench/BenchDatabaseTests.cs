using PulseBoard.Bench.Limits;
using PulseBoard.Tests.Analytics;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Bench;

[Collection(ApplicationCollection.Name)]
public sealed class BenchDatabaseTests(PulseBoardApplication application)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Inserts_that_are_measured_leave_nothing_behind()
    {
        await using var database = await RollupDatabase.CreateAsync(application);

        Assert.True(await MultiRowInserts.MeasureAsync(database.ConnectionString, Short, Short, CancellationToken.None) > 0);
        Assert.True((await SingleInserts.MeasureAsync(database.ConnectionString, Short, Short, CancellationToken.None)).At(0.5) > TimeSpan.Zero);

        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM pg_namespace WHERE nspname = 'pulseboard_bench'"));
    }
}
