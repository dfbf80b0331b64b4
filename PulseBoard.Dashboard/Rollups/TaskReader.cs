using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>Adds up tasks: what the rollups hold of them, and what has changed since.</summary>
internal sealed class TaskReader
{
    // Months before the range matter by what they leave in progress.
    private const string PersonTasks = "SELECT user_id, month, flow, cycles FROM person_tasks WHERE month >= $1 AND month <= $2";

    private const string Before = "SELECT coalesce(sum(in_progress_change), 0)::bigint FROM person_tasks WHERE month < $1";

    private const string BeforeByPerson = "SELECT user_id, sum(in_progress_change)::bigint FROM person_tasks WHERE month < $1 GROUP BY user_id";

    // What the rollups hold of a task, and what they are to hold. As an array, so that however many notes the planner expects it takes the
    // way by the key, and not through all tasks there are.
    private const string Changed = """
        SELECT counted_created_at, counted_created_by, counted_completed_at, counted_completed_by, created_at, created_by, completed_at, completed_by
        FROM tasks
        WHERE task_key = ANY (ARRAY (SELECT DISTINCT task_key FROM task_changes))
        """;

    private readonly RollupSnapshot _snapshot;
    private readonly TimeRange _range;
    private readonly int[] _buckets;
    private readonly TaskTally _tally;
    private readonly PersonScope _scope;
    private readonly HashSet<string>? _listed;
    private readonly bool _countsCreated;
    private readonly bool _countsCompleted;
    private readonly PackedColumn _packed = new();

    private TaskReader(RollupSnapshot snapshot, MetricsFilter filter, BucketMap map, TaskTally tally)
    {
        (_snapshot, _tally, _scope) = (snapshot, tally, snapshot.Scope(filter));
        _range = map.Range ?? throw new ArgumentException("Tasks are read for a range.", nameof(map));
        _buckets = map.ByQuarterHour;
        _listed = _scope.Users?.ToHashSet(StringComparer.Ordinal);
        _countsCreated = filter.Types.Count == 0 || filter.Types.Contains(ActivityTypes.TaskCreated);
        _countsCompleted = filter.Types.Count == 0 || filter.Types.Contains(ActivityTypes.TaskCompleted);
    }

    /// <summary>
    /// Adds up tasks in the range of a map: those that somebody whom the filter lets through completed, and those that somebody such
    /// created. Where the filter has types, either counts if its type is among them.
    /// </summary>
    public static Task ReadAsync(RollupSnapshot snapshot, MetricsFilter filter, BucketMap map, TaskTally tally, CancellationToken cancellationToken) =>
        new TaskReader(snapshot, filter, map, tally).ReadAsync(cancellationToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_scope.Users is { Length: 0 } || (!_countsCreated && !_countsCompleted))
        {
            return;
        }

        var first = QuarterHour.Month(_range.FirstQuarterHour);
        await using var batch = _snapshot.Connection.CreateBatch();
        batch.BatchCommands.Add(new(Changed));
        Add(batch, _scope.Predicate is null ? Before : BeforeByPerson, first);
        Add(batch, PersonTasks, first, QuarterHour.Month(_range.EndQuarterHour - 1));

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            AddTask(ReadTask(reader, 0), -1);
            AddTask(ReadTask(reader, 4), 1);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (_countsCreated && (_scope.Predicate is not { } predicate || predicate(reader.GetString(0))))
            {
                _tally.InProgressBefore += reader.GetInt64(_scope.Predicate is null ? 0 : 1);
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var user = reader.GetString(0);
            if (_scope.Predicate is { } predicate && !predicate(user))
            {
                continue;
            }

            var start = QuarterHour.Of(reader.GetFieldValue<DateOnly>(1));
            var tasks = _tally.NeedsDetails ? _tally.Of(user) : null;
            AddFlow(tasks, start, _packed.Read(reader, 2));
            AddCycles(tasks, start, _packed.Read(reader, 3));
        }
    }

    private void Add(NpgsqlBatch batch, string sql, params DateOnly[] months)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var month in months)
        {
            command.Parameters.Add(new() { Value = month, NpgsqlDbType = NpgsqlDbType.Date });
        }

        if (_scope.Users is { } users)
        {
            command.CommandText = string.Concat(sql, " AND user_id = ANY ($", (months.Length + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), ")");
            command.Parameters.Add(new() { Value = users });
        }

        batch.BatchCommands.Add(command);
    }

    // Hundreds of thousands of numbers a month: what is the same for all of a code is found out once.
    private void AddFlow(CompletedTasks? tasks, int start, ReadOnlySpan<byte> packed)
    {
        var (buckets, first) = (_buckets, start - _range.FirstQuarterHour);
        var cells = new CellReader(packed);
        while (cells.NextCode())
        {
            if (Target(cells.Code) is not { } target)
            {
                continue;
            }

            var (before, within) = (0L, 0L);
            while (cells.Next())
            {
                var index = first + cells.Offset;
                if ((uint)index < (uint)buckets.Length)
                {
                    target[buckets[index]] += cells.Count;
                    within += cells.Count;
                }
                else if (index < 0)
                {
                    before += cells.Count;
                }
            }

            AddSums(tasks, cells.Code, before, within);
        }
    }

    private void AddCycles(CompletedTasks? tasks, int start, ReadOnlySpan<byte> packed)
    {
        var (buckets, first) = (_buckets, start - _range.FirstQuarterHour);
        var cells = new CellReader(packed);
        while (_countsCompleted && cells.NextCode())
        {
            while (cells.Next())
            {
                var index = first + cells.Offset;
                if ((uint)index < (uint)buckets.Length)
                {
                    AddCycle(tasks, buckets[index], cells.Code, cells.Count);
                }
            }
        }
    }

    /// <summary>Where a number of tasks is added; null where they do not count.</summary>
    private long[]? Target(int code) => code switch
    {
        TaskTimes.Opened when _countsCreated => _tally.Opened,
        TaskTimes.Closed when _countsCreated => _tally.Closed,
        TaskTimes.Completed when _countsCompleted => _tally.Completed,
        _ => null,
    };

    private void AddSums(CompletedTasks? tasks, int code, long before, long within)
    {
        _tally.InProgressBefore += code switch { TaskTimes.Opened => before, TaskTimes.Closed => -before, _ => 0 };
        if (code == TaskTimes.Completed)
        {
            tasks?.Count += within;
        }
    }

    private void AddCycle(CompletedTasks? tasks, int bucket, int bin, long count)
    {
        _tally.All.Add(bin, count);
        if (tasks is not null)
        {
            _tally.Cycles[bucket].Add(bin, count);
            tasks.Cycles.Add(bin, count);
        }
    }

    private void AddTask(TaskTimes task, int sign)
    {
        task.Count(
            (user, at, code) =>
            {
                var index = at - _range.FirstQuarterHour;
                if (index >= _buckets.Length || !IsMeant(user) || Target(code) is not { } target)
                {
                    return;
                }

                if (index >= 0)
                {
                    target[_buckets[index]] += sign;
                }

                AddSums(_tally.NeedsDetails ? _tally.Of(user) : null, code, index < 0 ? sign : 0, index < 0 ? 0 : sign);
            },
            (user, at, bin) =>
            {
                var index = at - _range.FirstQuarterHour;
                if (_countsCompleted && index >= 0 && index < _buckets.Length && IsMeant(user))
                {
                    AddCycle(_tally.NeedsDetails ? _tally.Of(user) : null, _buckets[index], bin, sign);
                }
            });
    }

    private bool IsMeant(string user) => _listed is not null ? _listed.Contains(user) : _scope.Predicate is null || _scope.Predicate(user);

    private static TaskTimes ReadTask(NpgsqlDataReader reader, int column) =>
        new(Instant(reader, column), Text(reader, column + 1), Instant(reader, column + 2), Text(reader, column + 3));

    private static DateTimeOffset? Instant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
