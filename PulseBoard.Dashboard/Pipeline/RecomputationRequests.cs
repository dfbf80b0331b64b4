using Npgsql;
using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Requests for recomputation, which a worker of Analytics finds in the table and fulfils.</summary>
internal sealed class RecomputationRequests(DatabaseConnections connections)
{
    private const int MostListed = 50;

    // Only inserted and read here. What becomes of a request is the worker's to write.
    private const string Columns = $"""
        recomputation_id,
        from_date,
        to_date,
        CASE
            WHEN finished_at IS NOT NULL AND next_date <= to_date THEN '{RecomputationStatus.Failed}'
            WHEN finished_at IS NOT NULL THEN '{RecomputationStatus.Done}'
            WHEN started_at IS NOT NULL THEN '{RecomputationStatus.Running}'
            ELSE '{RecomputationStatus.Requested}'
        END,
        requested_at,
        next_date - from_date,
        to_date - from_date + 1,
        rows_changed,
        started_at,
        finished_at,
        error
        """;

    private const string Insert = $"""
        INSERT INTO recomputations (recomputation_id, from_date, to_date, next_date)
        VALUES ($1, $2, $3, $2)
        RETURNING {Columns}
        """;

    private const string Find = $"SELECT {Columns} FROM recomputations WHERE recomputation_id = $1";

    private const string List = $"SELECT {Columns} FROM recomputations ORDER BY requested_at DESC, recomputation_id DESC LIMIT $1";

    /// <summary>Asks for a recomputation.</summary>
    public async Task<Recomputation> AddAsync(RecomputationRequest request, CancellationToken cancellationToken) =>
        (await ReadAsync(Insert, cancellationToken, Guid.CreateVersion7(), request.From, request.To))[0];

    /// <summary>One request, or null.</summary>
    public async Task<Recomputation?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(Find, cancellationToken, id)).SingleOrDefault();

    /// <summary>The last requests, the newest first.</summary>
    public Task<List<Recomputation>> ListAsync(CancellationToken cancellationToken) => ReadAsync(List, cancellationToken, MostListed);

    private async Task<List<Recomputation>> ReadAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(sql, parameters);

        var recomputations = new List<Recomputation>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            recomputations.Add(await ReadAsync(reader, cancellationToken));
        }

        return recomputations;
    }

    private static async Task<Recomputation> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        new(
            reader.GetGuid(0),
            reader.GetFieldValue<DateOnly>(1),
            reader.GetFieldValue<DateOnly>(2),
            reader.GetString(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetInt32(5),
            reader.GetInt32(6),
            reader.GetInt64(7),
            await reader.GetFieldValueAsync<DateTimeOffset?>(8, cancellationToken),
            await reader.GetFieldValueAsync<DateTimeOffset?>(9, cancellationToken),
            await reader.IsDBNullAsync(10, cancellationToken) ? null : reader.GetString(10));
}
