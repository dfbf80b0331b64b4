using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Bench.Seeding;

/// <summary>Counts and compacts what was stored with the code of Analytics, so that the rollups are those that a worker would have left.</summary>
internal sealed class SeedCounter : IAsyncDisposable
{
    private const int Connections = 2;

    // Each compaction writes every row anew that it touches, and a day touches nearly everybody: the fewer the better. It holds what
    // it takes in memory.
    private const int EventsPerCompaction = 500_000;

    private static readonly TimeSpan StatementLimit = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProvider _services;
    private readonly RollupStore _rollups;
    private readonly CompactionStore _compaction;
    private int _countedSinceCompaction;

    /// <param name="database">The connection string of the database.</param>
    /// <param name="reportingZone">The zone whose days the rollups are of: with another one they would all be built anew.</param>
    public SeedCounter(string database, string reportingZone)
    {
        // A group of batches is many times what a worker takes at once: it has no limit of time.
        var tuned = new NpgsqlConnectionStringBuilder(DatabaseConnections.Tune(database, "seed", Connections, DatabaseUse.ByIndex)) { CommandTimeout = 0 };
        tuned.Options = $"{tuned.Options} {SeedStore.WithoutWaitingForTheDisk}";
        _services = new ServiceCollection()
            .AddDbContext<PulseBoardContext>(options => options.UseNpgsql(tuned.ConnectionString))
            .AddSingleton<DatabaseConnections>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<RollupStore>()
            .AddSingleton<ReportingDays>()
            .AddSingleton<DerivedRollups>()
            .AddSingleton<CompactionStore>()
            .Configure<ReportingOptions>(options => options.TimeZone = reportingZone)
            .Configure<CompactionOptions>(options =>
                (options.ChunkSize, options.TaskChunkSize, options.Timeout) = (EventsPerCompaction, EventsPerCompaction, StatementLimit))
            .BuildServiceProvider();
        _rollups = _services.GetRequiredService<RollupStore>();
        _compaction = _services.GetRequiredService<CompactionStore>();
    }

    /// <summary>Counts batches, and compacts when there is enough.</summary>
    /// <returns>How many events they have.</returns>
    public async Task<int> CountAsync(Guid[] batchIds, CancellationToken cancellationToken)
    {
        var counted = await _rollups.CountAsync(batchIds, cancellationToken);
        var events = counted.Batches.Sum(batch => batch.EventCount);
        _countedSinceCompaction += events;
        if (_countedSinceCompaction >= EventsPerCompaction)
        {
            _countedSinceCompaction = 0;
            await CompactAsync(cancellationToken);
        }

        return events;
    }

    /// <summary>Compacts until nothing is left, be it that a worker of a PulseBoard that runs does some of it.</summary>
    public async Task CompactAllAsync(CancellationToken cancellationToken)
    {
        while (await _compaction.CountWaitingAsync(1, cancellationToken) > 0)
        {
            if (await CompactAsync(cancellationToken) == 0)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<int> CompactAsync(CancellationToken cancellationToken)
    {
        var compacted = await _compaction.CompactActivityAsync(cancellationToken) + await _compaction.CompactTasksAsync(cancellationToken);
        await _compaction.VacuumAsync(cancellationToken);
        return compacted;
    }
}
