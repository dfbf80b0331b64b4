using System.Globalization;
using Npgsql;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Reading;

/// <summary>What a million events take in the database: the events themselves, and each rollup that answers are read from.</summary>
internal static class StorageSizes
{
    private const double Million = 1_000_000;
    private const double Megabyte = 1024 * 1024;

    // Each counted event is in a quarter hour or waits to be compacted into one: counting the events themselves would read them all.
    private const string Count = """
        SELECT ((SELECT coalesce(sum(events), 0) FROM quarter_hours) + (SELECT coalesce(sum(events), 0) FROM rollup_deltas))::bigint
        """;

    private const string Sizes = """
        SELECT relname::text, pg_table_size(oid), pg_indexes_size(oid)
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND relname IN ('events', 'daily_user_metrics', 'rollup_deltas', 'quarter_hours', 'person_quarter_hours', 'person_days', 'tasks', 'task_changes', 'person_tasks')
        ORDER BY pg_total_relation_size(oid) DESC
        """;

    /// <summary>Adds them to the report.</summary>
    public static async Task ReportAsync(BenchRun run, string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var count = new NpgsqlCommand(Count, connection);
        var events = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        run.Report.Add(new("stored and counted", events, "events"));

        await using var sizes = new NpgsqlCommand(Sizes, connection);
        await using var reader = await sizes.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (table, rows, indexes) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
            run.Report.Tell(string.Create(CultureInfo.InvariantCulture, $"size of {table}: {rows / Megabyte:N1} MB, its indexes {indexes / Megabyte:N1} MB"));
            run.Report.Add(new($"size per million events: {table}", (rows + indexes) / Megabyte / (events / Million), "MB"));
        }
    }
}
