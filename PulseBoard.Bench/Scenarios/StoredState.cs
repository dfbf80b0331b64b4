using System.Buffers.Binary;
using System.Diagnostics;
using Npgsql;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Scenarios;

/// <summary>What Postgres has of a load. It only reads, over a connection of its own.</summary>
internal sealed class StoredState : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(10);

    // Batch ids are in the order of time and have an index: only what was stored since is looked at.
    private const string CountEvents = "SELECT count(*) FROM events WHERE batch_id >= $1 AND user_id LIKE '%' || $2";

    private const string CountOutstanding = "SELECT count(*) FROM event_batches WHERE dead_at IS NULL";

    private readonly NpgsqlConnection _connection;

    private StoredState(NpgsqlConnection connection) => _connection = connection;

    public static async Task<StoredState> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
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
    public async Task<long> EventsAsync(string run, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CountEvents, _connection) { Parameters = { new() { Value = FirstId(since) }, new() { Value = LoadEvent.Domain(run) } } };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many batches wait to be counted.</summary>
    public async Task<long> OutstandingAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CountOutstanding, _connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

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

    // The smallest version 7 id of a millisecond.
    private static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)time.ToUnixTimeMilliseconds() << 16) | 0x7000);
        return new(bytes, bigEndian: true);
    }
}
