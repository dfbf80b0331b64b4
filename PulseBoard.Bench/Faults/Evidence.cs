namespace PulseBoard.Bench.Faults;

/// <summary>What is kept of a system in which an invariant was broken.</summary>
internal static class Evidence
{
    private static readonly string[] Tables = ["events", "event_batches", "daily_user_metrics", "quarter_hours", "person_quarter_hours", "person_days", "rollup_deltas"];

    /// <summary>Writes each table to a file of comma-separated values.</summary>
    public static async Task WriteAsync(TargetDatabase database, string folder)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        foreach (var table in Tables)
        {
            await using var file = File.CreateText(Path.Combine(folder, $"{table}.csv"));
            using var rows = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT (FORMAT csv, HEADER)");
            var buffer = new char[64 * 1024];
            while (await rows.ReadAsync(buffer) is > 0 and var read)
            {
                await file.WriteAsync(buffer.AsMemory(0, read));
            }
        }
    }
}
