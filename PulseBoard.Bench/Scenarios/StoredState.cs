using System.Buffers.Binary;
using System.Diagnostics;
using Npgsql;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Scenarios;

/// <summary>What Postgres has of a load. It only reads, over a connection of its own.</summary>
internal sealed class StoredState : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(10);

    // Batch ids are in the order of time and have an index: only what was stored since is looked at.
    private const string CountEvents = "SELECT count(*) FROM events WHERE batch_id >= $1 AND user_id LIKE '%' || $2";

    private const string SumRollups = "SELECT coalesce(sum(event_count), 0)::bigint FROM daily_user_metrics WHERE user_id LIKE '%' || $1";

    private const string SumOutstanding = "SELECT coalesce(sum(event_count), 0)::bigint FROM event_batches WHERE dead_at IS NULL";

    private readonly NpgsqlConnection _connection;

    private StoredState(NpgsqlConnection connection) => _connection = connection;

    public static async Task<StoredState> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0, MaxAutoPrepare = 8 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many events of a load are stored.</summary>
    /// <param name="run">The load's mark.</param>
    /// <param name="since">When it began.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<long> EventsAsync(string run, DateTimeOffset since, CancellationToken cancellationToken) =>
        ReadAsync(CountEvents, cancellationToken, FirstId(since), LoadEvent.Domain(run));

    /// <summary>How many events of a load are counted.</summary>
    public Task<long> CountedAsync(string run, CancellationToken cancellationToken) =>
        ReadAsync(SumRollups, cancellationToken, LoadEvent.Domain(run));

    /// <summary>How many events of whatever origin wait to be counted.</summary>
    public Task<long> OutstandingAsync(CancellationToken cancellationToken) => ReadAsync(SumOutstanding, cancellationToken);

    /// <summary>Waits until everything is counted.</summary>
    /// <exception cref="BenchmarkException">It takes too long.</exception>
    public async Task IsCountedAsync(CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); await OutstandingAsync(cancellationToken) > 0; await Task.Delay(Pause, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(begun) > CountLimit)
            {
                throw new BenchmarkException($"After {CountLimit.TotalMinutes:0} minutes there are still batches that are not counted.");
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<long> ReadAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // The smallest version 7 id of a millisecond.
    private static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)time.ToUnixTimeMilliseconds() << 16) | 0x7000);
        return new(bytes, bigEndian: true);
    }
}
