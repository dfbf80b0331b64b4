using PulseBoard.Data;

namespace PulseBoard.Analytics.Compaction;

/// <summary>
/// Reads and writes packed rows. Each statement takes all rows of one table, so that a compaction costs a few round trips; nobody
/// else writes them meanwhile, since whoever does holds the lock of compaction until the commit.
/// </summary>
internal static class PackedRows
{
    private const string ReadQuarterHours = "SELECT day, cells FROM quarter_hours WHERE day = ANY ($1)";

    private const string WriteQuarterHours = """
        INSERT INTO quarter_hours AS rollup (day, events, cells)
        SELECT * FROM unnest($1::date[], $2::bigint[], $3::bytea[])
        ON CONFLICT (day) DO UPDATE SET events = rollup.events + excluded.events, cells = excluded.cells
        """;

    private const string ReadPersonQuarterHours = """
        SELECT month, user_id, cells FROM person_quarter_hours JOIN unnest($1::date[], $2::text[]) AS changed (month, user_id) USING (month, user_id)
        """;

    private const string WritePersonQuarterHours = """
        INSERT INTO person_quarter_hours (month, user_id, cells)
        SELECT * FROM unnest($1::date[], $2::text[], $3::bytea[])
        ON CONFLICT (month, user_id) DO UPDATE SET cells = excluded.cells
        """;

    private const string ReadPersonDays = """
        SELECT month, user_id, totals, types FROM person_days JOIN unnest($1::date[], $2::text[]) AS changed (month, user_id) USING (month, user_id)
        """;

    private const string WritePersonDays = """
        INSERT INTO person_days (month, user_id, totals, types)
        SELECT * FROM unnest($1::date[], $2::text[], $3::bytea[], $4::bytea[])
        ON CONFLICT (month, user_id) DO UPDATE SET totals = excluded.totals, types = excluded.types
        """;

    private const string ReadPersonTasks = """
        SELECT month, user_id, flow, cycles FROM person_tasks JOIN unnest($1::date[], $2::text[]) AS changed (month, user_id) USING (month, user_id)
        """;

    private const string WritePersonTasks = """
        INSERT INTO person_tasks AS rollup (month, user_id, in_progress_change, flow, cycles)
        SELECT * FROM unnest($1::date[], $2::text[], $3::bigint[], $4::bytea[], $5::bytea[])
        ON CONFLICT (month, user_id) DO UPDATE
        SET in_progress_change = rollup.in_progress_change + excluded.in_progress_change, flow = excluded.flow, cycles = excluded.cycles
        """;

    /// <summary>Adds changes to <c>quarter_hours</c>.</summary>
    public static async Task AddAsync(DatabaseConnection connection, CellChanges<DateOnly> changes, int timeoutSeconds, CancellationToken cancellationToken)
    {
        DateOnly[] days = [.. changes.Rows.Keys.Order()];
        var packed = new Dictionary<DateOnly, byte[]>();
        await using (var read = connection.CreateCommand(ReadQuarterHours, days))
        {
            read.CommandTimeout = timeoutSeconds;
            await using var reader = await read.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                packed.Add(reader.GetFieldValue<DateOnly>(0), reader.GetFieldValue<byte[]>(1));
            }
        }

        await using var write = connection.CreateCommand(
            WriteQuarterHours,
            days,
            Array.ConvertAll(days, day => changes.Rows[day].Sum(cell => cell.Count)),
            Array.ConvertAll(days, day => changes.Merge(day, packed.GetValueOrDefault(day))));
        write.CommandTimeout = timeoutSeconds;
        await write.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds changes to <c>person_quarter_hours</c>.</summary>
    public static async Task AddAsync(DatabaseConnection connection, CellChanges<PersonMonth> changes, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var rows = Sorted(changes.Rows.Keys);
        var packed = await ReadAsync(connection, ReadPersonQuarterHours, rows, timeoutSeconds, cancellationToken);
        object[] columns = [Array.ConvertAll(rows, row => changes.Merge(row, First(packed, row)))];
        await WriteAsync(connection, WritePersonQuarterHours, rows, columns, timeoutSeconds, cancellationToken);
    }

    /// <summary>Adds changes to <c>person_days</c>.</summary>
    public static async Task AddDaysAsync(
        DatabaseConnection connection, CellChanges<PersonMonth> totals, CellChanges<PersonMonth> types, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var rows = Sorted(totals.Rows.Keys.Union(types.Rows.Keys));
        var packed = await ReadAsync(connection, ReadPersonDays, rows, timeoutSeconds, cancellationToken);
        object[] columns =
        [
            Array.ConvertAll(rows, row => totals.Merge(row, First(packed, row))),
            Array.ConvertAll(rows, row => types.Merge(row, Second(packed, row))),
        ];
        await WriteAsync(connection, WritePersonDays, rows, columns, timeoutSeconds, cancellationToken);
    }

    /// <summary>Adds changes to <c>person_tasks</c>.</summary>
    public static async Task AddTasksAsync(DatabaseConnection connection, TaskChanges changes, int timeoutSeconds, CancellationToken cancellationToken)
    {
        var rows = Sorted(changes.Flow.Rows.Keys.Union(changes.Cycles.Rows.Keys));
        var packed = await ReadAsync(connection, ReadPersonTasks, rows, timeoutSeconds, cancellationToken);
        object[] columns =
        [
            Array.ConvertAll(rows, changes.InProgress),
            Array.ConvertAll(rows, row => changes.Flow.Merge(row, First(packed, row))),
            Array.ConvertAll(rows, row => changes.Cycles.Merge(row, Second(packed, row))),
        ];
        await WriteAsync(connection, WritePersonTasks, rows, columns, timeoutSeconds, cancellationToken);
    }

    private static PersonMonth[] Sorted(IEnumerable<PersonMonth> rows) =>
        [.. rows.OrderBy(row => row.Month).ThenBy(row => row.User, StringComparer.Ordinal)];

    private static ReadOnlySpan<byte> First(Dictionary<PersonMonth, byte[][]> packed, PersonMonth row) =>
        packed.TryGetValue(row, out var columns) ? columns[0] : [];

    private static ReadOnlySpan<byte> Second(Dictionary<PersonMonth, byte[][]> packed, PersonMonth row) =>
        packed.TryGetValue(row, out var columns) ? columns[1] : [];

    private static async Task<Dictionary<PersonMonth, byte[][]>> ReadAsync(
        DatabaseConnection connection, string sql, PersonMonth[] rows, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql, Months(rows), Users(rows));
        command.CommandTimeout = timeoutSeconds;
        var packed = new Dictionary<PersonMonth, byte[][]>(rows.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var columns = new byte[reader.FieldCount - 2][];
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = reader.GetFieldValue<byte[]>(i + 2);
            }

            packed.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetString(1)), columns);
        }

        return packed;
    }

    private static async Task WriteAsync(
        DatabaseConnection connection, string sql, PersonMonth[] rows, object[] columns, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql, [Months(rows), Users(rows), .. columns]);
        command.CommandTimeout = timeoutSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DateOnly[] Months(PersonMonth[] rows) => Array.ConvertAll(rows, row => row.Month);

    private static string[] Users(PersonMonth[] rows) => Array.ConvertAll(rows, row => row.User);
}
