using System.Diagnostics;
using Npgsql;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Holds the workers at their first count until all of them are there, so that a drain begins at one moment that is known: not while
/// a worker still starts, nor after its first count, which may be a fifth of the backlog. A lock on the outbox stops whoever would
/// delete from it, and lets it be read.
/// </summary>
internal sealed class CountingGate : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const string Hold = "LOCK TABLE event_batches IN EXCLUSIVE MODE";

    // A worker counts over one connection at a time.
    private const string CountWaiting = """
        SELECT count(*)
        FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE relation = 'event_batches'::regclass AND NOT granted AND application_name = 'analytics'
        """;

    private readonly NpgsqlConnection _connection;

    private CountingGate(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Holds them from now on.</summary>
    public static async Task<CountingGate> CloseAsync(string database, CancellationToken cancellationToken)
    {
        var gate = new CountingGate(new(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString));
        try
        {
            await gate._connection.OpenAsync(cancellationToken);
            await gate._connection.BeginTransactionAsync(cancellationToken);
            await using var hold = new NpgsqlCommand(Hold, gate._connection);
            await hold.ExecuteNonQueryAsync(cancellationToken);
            return gate;
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until so many workers are held.</summary>
    /// <exception cref="BenchmarkException">They do not come.</exception>
    public async Task HoldsAsync(int workers, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(CountWaiting, _connection);
        for (var begun = Stopwatch.GetTimestamp(); (long)(await count.ExecuteScalarAsync(cancellationToken))! < workers; await Task.Delay(Pause, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                throw new BenchmarkException($"Within {Limit.TotalMinutes:0} minutes {workers} workers did not begin to count.");
            }
        }
    }

    /// <summary>Lets them go: the transaction ends with its connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
