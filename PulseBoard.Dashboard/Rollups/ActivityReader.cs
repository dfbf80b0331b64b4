using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>
/// Adds up counts of events from the coarsest rollup that can answer: everybody's quarter hours where it does not matter who acted,
/// people's days where days are those of the reporting zone, people's quarter hours otherwise; and what is not compacted yet.
/// </summary>
internal sealed class ActivityReader
{
    private const string QuarterHours = "SELECT '', day, cells FROM quarter_hours WHERE day >= $1 AND day <= $2";

    private const string PersonQuarterHours = "SELECT user_id, month, cells FROM person_quarter_hours WHERE month >= $1 AND month <= $2";

    private const string PersonTotals = "SELECT user_id, month, totals FROM person_days WHERE month >= $1 AND month <= $2";

    private const string PersonTypes = "SELECT user_id, month, types FROM person_days WHERE month >= $1 AND month <= $2";

    private const string OfUsers = " AND user_id = ANY ($3)";

    // Few as a rule, whatever the range; many after a long outage of the workers. What need not be known is summed up before it is sent.
    private const string Deltas = """
        SELECT '', event_type, quarter_hour, sum(events)::bigint FROM rollup_deltas WHERE quarter_hour >= $1 AND quarter_hour < $2 GROUP BY event_type, quarter_hour
        """;

    private const string PersonDeltas = "SELECT user_id, event_type, quarter_hour, events FROM rollup_deltas WHERE quarter_hour >= $1 AND quarter_hour < $2";

    // People are a few thousand, and their deltas several times as many while much comes in.
    private const string PersonSums = $"""
        SELECT user_id,
               sum(events)::bigint,
               coalesce(sum(events) FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}'), 0)::bigint,
               coalesce(sum(events) FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}'), 0)::bigint
        FROM rollup_deltas
        WHERE quarter_hour >= $1 AND quarter_hour < $2 AND ($3::text[] IS NULL OR event_type = ANY ($3))
        GROUP BY user_id
        """;

    private readonly RollupSnapshot _snapshot;
    private readonly BucketMap _map;
    private readonly ActivityTally _tally;
    private readonly PersonScope _scope;
    private readonly HashSet<int>? _types;
    private readonly string[]? _typeNames;

    private ActivityReader(RollupSnapshot snapshot, MetricsFilter filter, BucketMap map, ActivityTally tally)
    {
        (_snapshot, _map, _tally, _scope) = (snapshot, map, tally, snapshot.Scope(filter));
        _types = filter.Types.Count == 0 ? null : [.. filter.Types.Select(snapshot.TypeId)];
        _typeNames = filter.Types.Count == 0 ? null : [.. filter.Types];
    }

    private enum Source
    {
        Everybody,
        Days,
        QuarterHours,
    }

    /// <summary>Adds up what a filter lets through, in the range of the map.</summary>
    public static Task ReadAsync(RollupSnapshot snapshot, MetricsFilter filter, BucketMap map, ActivityTally tally, CancellationToken cancellationToken) =>
        new ActivityReader(snapshot, filter, map, tally).ReadAsync(cancellationToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_scope.Users is { Length: 0 })
        {
            return;
        }

        var people = _tally.NeedsPeople || !_scope.IsEverybody;
        var source = !people && _map.Range is not null ? Source.Everybody
            : _map.Range is null || (_map.ByDay is not null && _map.Range.IsWholeDays && _map.Range.SameRules(_snapshot.DayZone)) ? Source.Days
            : Source.QuarterHours;
        var typed = source != Source.Days || _types is not null || _tally.NeedsTypes;

        await using var batch = _snapshot.Connection.CreateBatch();
        var sums = people && _map.Count == 1 && !_tally.NeedsTypes;
        var deltas = new NpgsqlBatchCommand(sums ? PersonSums : people ? PersonDeltas : Deltas);
        deltas.Parameters.Add(new() { Value = _map.Range?.FirstQuarterHour ?? int.MinValue });
        deltas.Parameters.Add(new() { Value = _map.Range?.EndQuarterHour ?? int.MaxValue });
        if (sums)
        {
            deltas.Parameters.Add(new() { Value = (object?)_typeNames ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        batch.BatchCommands.Add(deltas);

        var packed = new NpgsqlBatchCommand(source switch
        {
            Source.Everybody => QuarterHours,
            Source.QuarterHours => PersonQuarterHours,
            _ => typed ? PersonTypes : PersonTotals,
        });
        var (first, last) = Periods(source);
        packed.Parameters.Add(new() { Value = first, NpgsqlDbType = NpgsqlDbType.Date });
        packed.Parameters.Add(new() { Value = last, NpgsqlDbType = NpgsqlDbType.Date });
        if (_scope.Users is { } users)
        {
            packed.CommandText += OfUsers;
            packed.Parameters.Add(new() { Value = users });
        }

        batch.BatchCommands.Add(packed);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await (sums ? AddSumsAsync(reader, cancellationToken) : AddDeltasAsync(reader, cancellationToken));
        await reader.NextResultAsync(cancellationToken);
        await AddRowsAsync(reader, source, typed, cancellationToken);
    }

    private (DateOnly First, DateOnly Last) Periods(Source source) => (_map.Range, source) switch
    {
        (null, _) => (DateOnly.MinValue, DateOnly.MaxValue),
        ({ } range, Source.Everybody) => (QuarterHour.Day(range.FirstQuarterHour), QuarterHour.Day(range.EndQuarterHour - 1)),
        ({ } range, Source.Days) => (QuarterHour.MonthOf(range.FirstDay), QuarterHour.MonthOf(range.LastDay)),
        ({ } range, _) => (QuarterHour.Month(range.FirstQuarterHour), QuarterHour.Month(range.EndQuarterHour - 1)),
    };

    private async Task AddSumsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var listed = _scope.Users?.ToHashSet(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var user = reader.GetString(0);
            if (IsMeant(user, listed))
            {
                var lanes = _tally.Of(user, DayTotals.AllTypes);
                lanes.Events[0] += reader.GetInt64(1);
                lanes.Created[0] += reader.GetInt64(2);
                lanes.Completed[0] += reader.GetInt64(3);
                _tally.EndRow(user);
            }
        }
    }

    private async Task AddDeltasAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var listed = _scope.Users?.ToHashSet(StringComparer.Ordinal);

        // In the order of people where it matters that the rows of one are added up before the next.
        var deltas = new List<(string User, int Type, int QuarterHour, long Events)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var user = reader.GetString(0);
            var type = _snapshot.TypeId(reader.GetString(1));
            if (IsMeant(user, listed) && IsMeant(type))
            {
                deltas.Add((user, type, reader.GetInt32(2), reader.GetInt64(3)));
            }
        }

        foreach (var person in deltas.GroupBy(delta => delta.User, StringComparer.Ordinal))
        {
            foreach (var (_, type, quarterHour, events) in person)
            {
                var bucket = _map.Range is { } range ? _map.ByQuarterHour[quarterHour - range.FirstQuarterHour] : 0;
                var lanes = _tally.Of(person.Key, _tally.NeedsTypes ? type : DayTotals.AllTypes);
                lanes.Events[bucket] += events;
                if (type == DayTotals.TaskCreated)
                {
                    lanes.Created[bucket] += events;
                }
                else if (type == DayTotals.TaskCompleted)
                {
                    lanes.Completed[bucket] += events;
                }
            }

            _tally.EndRow(person.Key);
        }
    }

    private async Task AddRowsAsync(NpgsqlDataReader reader, Source source, bool typed, CancellationToken cancellationToken)
    {
        var packed = new PackedColumn();
        var map = _map.Range is null ? [] : source == Source.Days ? _map.ByDay! : _map.ByQuarterHour;
        while (await reader.ReadAsync(cancellationToken))
        {
            var user = reader.GetString(0);
            if (_scope.Predicate is { } predicate && !predicate(user))
            {
                continue;
            }

            AddRow(user, packed.Read(reader, 2), Base(reader.GetFieldValue<DateOnly>(1), source), map, typed);
            _tally.EndRow(user);
        }
    }

    /// <summary>The index in the map of a row's first bucket.</summary>
    private int Base(DateOnly period, Source source) => _map.Range is not { } range ? 0
        : source == Source.Days ? period.DayNumber - range.FirstDay.DayNumber
        : QuarterHour.Of(period) - range.FirstQuarterHour;

    private void AddRow(string user, ReadOnlySpan<byte> cells, int start, int[] map, bool typed)
    {
        var all = _map.Range is null;
        var reader = new CellReader(cells);
        while (reader.NextCode())
        {
            var code = reader.Code;
            if (typed && !IsMeant(code))
            {
                continue;
            }

            // Totals have three sums: of all types, and of the two types that every answer tells.
            var lanes = _tally.Of(user, _tally.NeedsTypes ? code : DayTotals.AllTypes);
            var events = typed || code == DayTotals.AllTypes ? lanes.Events : null;
            var task = code == DayTotals.TaskCreated ? lanes.Created : code == DayTotals.TaskCompleted ? lanes.Completed : null;
            while (reader.Next())
            {
                var index = start + reader.Offset;
                if (!all && (uint)index >= (uint)map.Length)
                {
                    continue;
                }

                var bucket = all ? 0 : map[index];
                events?[bucket] += reader.Count;
                task?[bucket] += reader.Count;
            }
        }
    }

    private bool IsMeant(int type) => _types is null || _types.Contains(type);

    private bool IsMeant(string user, HashSet<string>? listed) =>
        listed is not null ? listed.Contains(user) : _scope.Predicate is null || user.Length == 0 || _scope.Predicate(user);
}
