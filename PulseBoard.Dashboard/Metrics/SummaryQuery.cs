using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>Each person's totals over all time, from the daily rollups.</summary>
internal sealed class SummaryQuery(DatabaseConnections connections)
{
    // People with the same count stand in the order of their names, so that the answer is the same each time.
    private const string Sql = """
        SELECT user_id,
               sum(event_count)::bigint     AS total_events,
               sum(tasks_created)::bigint   AS total_tasks_created,
               sum(tasks_completed)::bigint AS total_tasks_completed
        FROM daily_user_metrics
        GROUP BY user_id
        ORDER BY total_events DESC, user_id
        """;

    public async Task<IReadOnlyList<UserSummary>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = Sql;

        var summaries = new List<UserSummary>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            summaries.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return summaries;
    }
}
