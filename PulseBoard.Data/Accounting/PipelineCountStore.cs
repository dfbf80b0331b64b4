using NpgsqlTypes;

namespace PulseBoard.Data.Accounting;

/// <summary>The counts of all processes, in <c>pipeline_counts</c>.</summary>
/// <param name="connections">Connections to the database.</param>
internal sealed class PipelineCountStore(DatabaseConnections connections)
{
    /// <summary>The source of what was folded.</summary>
    public static readonly Guid Folded = Guid.Empty;

    // Any number that no other advisory lock of this database has.
    private const long FoldLock = 0x50_49_50_45_46_4F_4C_44;

    // The values are absolute and only grow, and each row belongs to one process, which writes it from one place: whatever came of
    // an attempt whose answer was lost, the next one leaves what is right. Postgres may still be at the older attempt, and carry it
    // out after the next: the greater value is the newer one.
    private const string Save = """
        INSERT INTO pipeline_counts (minute, source, name, value)
        SELECT minute, $1, name, value
        FROM unnest($2, $3, $4) AS c (minute, name, value)
        ON CONFLICT (minute, source, name) DO UPDATE SET value = greatest(pipeline_counts.value, excluded.value)
        """;

    // A process that hangs amid its fold loses the transaction, and with it the lock and the rows, to the timeout.
    private const string TryLock = """
        SELECT pg_try_advisory_xact_lock($1),
               set_config('idle_in_transaction_session_timeout', '30s', true)
        """;

    // What is deleted is added in the same statement, so that no reader sees it twice or not at all. Two of them at once would be
    // right too, since a row is deleted once; the lock saves them from waiting for each other, and from a deadlock.
    //
    // A row that stands where the fold puts things is left there and added to: a statement must not delete and insert one key.
    private const string Fold = """
        WITH folded AS (
            DELETE FROM pipeline_counts
            WHERE minute < date_trunc($1, $2, 'UTC') AND (source <> $3 OR minute <> date_trunc($1, minute, 'UTC'))
            RETURNING minute, name, value)
        INSERT INTO pipeline_counts AS kept (minute, source, name, value)
        SELECT date_trunc($1, minute, 'UTC'), $3, name, sum(value)
        FROM folded
        GROUP BY date_trunc($1, minute, 'UTC'), name
        ON CONFLICT (minute, source, name) DO UPDATE SET value = kept.value + excluded.value
        """;

    /// <summary>Writes what a process has counted. Writing it again changes nothing.</summary>
    /// <param name="source">The process.</param>
    /// <param name="counts">Its counts; each minute and name stands once.</param>
    /// <param name="cancellationToken">Gives up; the counts may be written or not.</param>
    public async Task SaveAsync(Guid source, IReadOnlyCollection<PipelineCount> counts, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = Save;
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = counts.Select(count => count.Minute).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = counts.Select(count => count.Name).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = counts.Select(count => count.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Puts together what is old enough: the counts of all processes in one row for each unit of time and name.</summary>
    /// <param name="unit">As <c>date_trunc</c> has it: <c>hour</c> or <c>day</c>.</param>
    /// <param name="before">Whole units before this time are folded.</param>
    /// <param name="cancellationToken">Gives up; all or nothing is folded.</param>
    /// <returns>False when another process is at it.</returns>
    public async Task<bool> FoldAsync(string unit, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.Npgsql.BeginTransactionAsync(cancellationToken);

        await using (var tryLock = connection.Npgsql.CreateCommand())
        {
            tryLock.CommandText = TryLock;
            tryLock.Parameters.Add(new() { Value = FoldLock });
            if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return false;
            }
        }

        await using var fold = connection.Npgsql.CreateCommand();
        fold.CommandText = Fold;
        fold.Parameters.Add(new() { Value = unit });
        fold.Parameters.Add(new() { Value = before, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        fold.Parameters.Add(new() { Value = Folded });
        await fold.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
