using System.Runtime.CompilerServices;
using NpgsqlTypes;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Events that a quarter hour of the rollups lacks, or has too many of.</summary>
/// <param name="User">Who acted.</param>
/// <param name="Type">What happened.</param>
/// <param name="QuarterHour">When.</param>
/// <param name="Events">How many are lacking; negative where there are too many.</param>
internal readonly record struct LackingEvents(string User, string Type, int QuarterHour, long Events);

/// <summary>
/// Compares the quarter hours of people, compacted or not, with the events of closed batches. One statement, and so one snapshot: what is
/// lacking is the same before and after anything that is counted or compacted meanwhile.
/// </summary>
internal static class QuarterHourComparison
{
    // In the order of people, so that one at a time is in memory. The ids of types come first: no one's name is empty.
    private const string Read = $"""
        SELECT '' AS user_id, event_type, type_id AS quarter_hour, 0::bigint AS events, NULL::bytea AS cells
        FROM event_types
        UNION ALL
        SELECT user_id, event_type, {RollupSql.QuarterHourNumber}, events, NULL
        FROM (SELECT {RollupSql.QuarterHoursOfEvents} FROM {RollupSql.CountedEvents} GROUP BY {RollupSql.QuarterHourKey}) AS counted
        UNION ALL
        SELECT user_id, event_type, quarter_hour, -sum(events)::bigint, NULL
        FROM rollup_deltas
        WHERE quarter_hour >= $3 AND quarter_hour < $4
        GROUP BY user_id, event_type, quarter_hour
        UNION ALL
        SELECT user_id, NULL, (extract(epoch FROM month::timestamp AT TIME ZONE 'UTC') / 900)::integer, 0, cells
        FROM person_quarter_hours
        WHERE month >= $5 AND month < $2
        ORDER BY user_id
        """;

    /// <summary>What a range of days lacks, in UTC.</summary>
    /// <param name="connection">A connection that nothing else is read on meanwhile.</param>
    /// <param name="from">The first day; the least date stands for the beginning of time.</param>
    /// <param name="to">The day after the last one; the greatest date stands for the end of time.</param>
    /// <param name="timeoutSeconds">How long it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<LackingEvents> ReadAsync(
        DatabaseConnection connection, DateOnly from, DateOnly to, int timeoutSeconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, end) = (
            from == DateOnly.MinValue ? int.MinValue : QuarterHour.Of(from),
            to == DateOnly.MaxValue ? int.MaxValue : QuarterHour.Of(to));
        await using var command = connection.CreateCommand(Read, from, to, first, end, QuarterHour.MonthOf(from));
        command.CommandTimeout = timeoutSeconds;
        command.Parameters[0].NpgsqlDbType = command.Parameters[1].NpgsqlDbType = command.Parameters[4].NpgsqlDbType = NpgsqlDbType.Date;

        var types = new Dictionary<int, string>();
        var lacking = new Dictionary<(string Type, int QuarterHour), long>();
        var user = "";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = reader.GetString(0);
            if (next.Length == 0)
            {
                types.Add(reader.GetInt32(2), reader.GetString(1));
                continue;
            }

            if (next != user)
            {
                foreach (var ((type, quarterHour), events) in lacking.Where(count => count.Value != 0))
                {
                    yield return new(user, type, quarterHour, events);
                }

                lacking.Clear();
                user = next;
            }

            var at = reader.GetInt32(2);
            if (await reader.IsDBNullAsync(4, cancellationToken))
            {
                Add(reader.GetString(1), at, reader.GetInt64(3));
                continue;
            }

            foreach (var cell in Cells.Unpack(reader.GetFieldValue<byte[]>(4)))
            {
                if (at + cell.Offset >= first && at + cell.Offset < end)
                {
                    Add(types[cell.Code], at + cell.Offset, -cell.Count);
                }
            }
        }

        foreach (var ((type, quarterHour), events) in lacking.Where(count => count.Value != 0))
        {
            yield return new(user, type, quarterHour, events);
        }

        void Add(string type, int quarterHour, long events) =>
            lacking[(type, quarterHour)] = lacking.GetValueOrDefault((type, quarterHour)) + events;
    }
}
