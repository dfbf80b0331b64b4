using Npgsql;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Analytics;

/// <summary>The read side's rollups of every level, compacted or not, beside a plain recomputation from the events of closed batches.</summary>
internal static class PackedRollups
{
    private const string ClosedEvents = """
        SELECT user_id, event_type, timestamp, CASE WHEN event_type IN ('task_created', 'task_completed') THEN data_payload ->> 'task_id' END
        FROM events
        WHERE NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id)
        """;

    private const string Deltas = "SELECT user_id, event_type, quarter_hour, events FROM rollup_deltas";

    private const string Types = "SELECT type_id, event_type FROM event_types";

    private const string ChangedTasks = """
        SELECT created_at, created_by, completed_at, completed_by, counted_created_at, counted_created_by, counted_completed_at, counted_completed_by
        FROM tasks
        WHERE task_key IN (SELECT task_key FROM task_changes)
        """;

    /// <summary>Asserts that each number is what the events give. Days are in UTC.</summary>
    public static async Task AssertExactAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var types = (await ReadAsync(connection, Types, row => (Id: row.GetInt32(0), Name: row.GetString(1)))).ToDictionary(type => type.Id, type => type.Name);
        var events = await ReadAsync(
            connection, ClosedEvents, row => (User: row.GetString(0), Type: row.GetString(1), At: row.GetFieldValue<DateTimeOffset>(2), Task: row.IsDBNull(3) ? null : row.GetString(3)));
        var deltas = await ReadAsync(connection, Deltas, row => (User: row.GetString(0), Type: row.GetString(1), QuarterHour: row.GetInt32(2), Events: row.GetInt64(3)));

        await AssertLevelAsync(
            "SELECT day, cells, events FROM quarter_hours",
            row => Unpack(row, 1, (code, offset) => $"{types[code]} {QuarterHour.Of(row.GetFieldValue<DateOnly>(0)) + offset}"),
            (_, type, at) => $"{type} {at}");
        await AssertLevelAsync(
            "SELECT month, user_id, cells FROM person_quarter_hours",
            row => Unpack(row, 2, (code, offset) => $"{row.GetString(1)} {types[code]} {QuarterHour.Of(row.GetFieldValue<DateOnly>(0)) + offset}"),
            (user, type, at) => $"{user} {type} {at}");
        await AssertLevelAsync(
            "SELECT month, user_id, types FROM person_days",
            row => Unpack(row, 2, (code, offset) => $"{row.GetString(1)} {types[code]} {row.GetFieldValue<DateOnly>(0).AddDays(offset):O}"),
            (user, type, at) => $"{user} {type} {QuarterHour.Day(at):O}");
        await AssertLevelAsync(
            "SELECT month, user_id, totals FROM person_days",
            row => Unpack(row, 2, (code, offset) => code == 0 ? $"{row.GetString(1)} {row.GetFieldValue<DateOnly>(0).AddDays(offset):O}" : null),
            (user, _, at) => $"{user} {QuarterHour.Day(at):O}");
        await AssertTasksAsync(connection, events.Where(stored => stored.Task is not null).Select(stored => (stored.User, stored.Type, stored.At, stored.Task!)));

        async Task AssertLevelAsync(string sql, Func<NpgsqlDataReader, IEnumerable<(string Key, long Count)>> unpack, Func<string, string, int, string> name)
        {
            var actual = new Sums();
            (await ReadAsync(connection, sql, row => unpack(row).ToList())).ForEach(row => row.ForEach(actual.Add));
            deltas.ForEach(delta => actual.Add((name(delta.User, delta.Type, delta.QuarterHour), delta.Events)));
            var expected = new Sums();
            events.ForEach(stored => expected.Add((name(stored.User, stored.Type, QuarterHour.Of(stored.At)), 1)));
            Assert.Equal(expected.Lines, actual.Lines);
        }
    }

    private static async Task AssertTasksAsync(NpgsqlConnection connection, IEnumerable<(string User, string Type, DateTimeOffset At, string Task)> events)
    {
        var (expected, actual) = (new Sums(), new Sums());
        foreach (var task in events.GroupBy(stored => stored.Task))
        {
            var created = First(task, "task_created");
            var completed = First(task, "task_completed");
            Count(expected, new(created?.At, created?.User, completed?.At, completed?.User), 1);
        }

        foreach (var (counted, now) in await ReadAsync(connection, ChangedTasks, row => (ReadTask(row, 4), ReadTask(row, 0))))
        {
            Count(actual, counted, -1);
            Count(actual, now, 1);
        }

        foreach (var column in (string[])["flow", "cycles"])
        {
            var rows = await ReadAsync(
                connection,
                $"SELECT month, user_id, {column} FROM person_tasks",
                row => Unpack(row, 2, (code, offset) => $"{column} {row.GetString(1)} {QuarterHour.Of(row.GetFieldValue<DateOnly>(0)) + offset} {code}").ToList());
            rows.ForEach(row => row.ForEach(actual.Add));
        }

        Assert.Equal(expected.Lines, actual.Lines);
    }

    private static (string User, DateTimeOffset At)? First(IEnumerable<(string User, string Type, DateTimeOffset At, string Task)> events, string type) =>
        events.Where(stored => stored.Type == type).OrderBy(stored => stored.At).ThenBy(stored => stored.User, StringComparer.Ordinal)
            .Select(stored => ((string, DateTimeOffset)?)(stored.User, stored.At)).FirstOrDefault();

    private static void Count(Sums sums, TaskTimes task, int sign) =>
        task.Count(
            (user, at, code) => sums.Add(($"flow {user} {at} {code}", sign)),
            (user, at, bin) => sums.Add(($"cycles {user} {at} {bin}", sign)));

    private static TaskTimes ReadTask(NpgsqlDataReader row, int column) =>
        new(
            row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column),
            row.IsDBNull(column + 1) ? null : row.GetString(column + 1),
            row.IsDBNull(column + 2) ? null : row.GetFieldValue<DateTimeOffset>(column + 2),
            row.IsDBNull(column + 3) ? null : row.GetString(column + 3));

    private static IEnumerable<(string Key, long Count)> Unpack(NpgsqlDataReader row, int column, Func<int, int, string?> name) =>
        Cells.Unpack(row.GetFieldValue<byte[]>(column)).Select(cell => (name(cell.Code, cell.Offset)!, cell.Count)).Where(cell => cell.Item1 is not null);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private sealed class Sums
    {
        private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

        public IEnumerable<string> Lines => _counts.Where(count => count.Value != 0).Select(count => $"{count.Key}: {count.Value}");

        public void Add((string Key, long Count) count) => _counts[count.Key] = _counts.GetValueOrDefault(count.Key) + count.Count;
    }
}
