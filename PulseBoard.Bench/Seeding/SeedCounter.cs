using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Bench.Seeding;

/// <summary>Counts what was stored with the code of Analytics, so that the rollups are those that a worker would have left.</summary>
internal sealed class SeedCounter : IAsyncDisposable
{
    private const int Connections = 2;

    private readonly ServiceProvider _services;
    private readonly RollupStore _rollups;

    /// <param name="database">The connection string of the database.</param>
    public SeedCounter(string database)
    {
        // A group of batches is many times what a worker takes at once: it has no limit of time.
        var tuned = new NpgsqlConnectionStringBuilder(DatabaseConnections.Tune(database, "seed", Connections, DatabaseUse.ByIndex)) { CommandTimeout = 0 };
        tuned.Options = $"{tuned.Options} -c synchronous_commit=off";
        _services = new ServiceCollection()
            .AddDbContext<PulseBoardContext>(options => options.UseNpgsql(tuned.ConnectionString))
            .AddSingleton<DatabaseConnections>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<RollupStore>()
            .BuildServiceProvider();
        _rollups = _services.GetRequiredService<RollupStore>();
    }

    /// <summary>Counts batches.</summary>
    /// <returns>How many events they have.</returns>
    public async Task<int> CountAsync(Guid[] batchIds, CancellationToken cancellationToken)
    {
        var counted = await _rollups.CountAsync(batchIds, cancellationToken);
        return counted.Sum(batch => batch.EventCount);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
