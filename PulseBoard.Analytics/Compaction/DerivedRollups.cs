using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>
/// The levels that are sums of <c>person_quarter_hours</c>: built anew where the zone of the days was changed, and where one is not what
/// it is to be. Whoever mends holds the lock of compaction, so that all levels have the same deltas in them; a comparison alone needs one snapshot.
/// </summary>
internal sealed class DerivedRollups(ReportingDays days, IOptions<CompactionOptions> options)
{
    private const string ReadZone = "SELECT reporting_zone FROM rollup_state";

    private const string WriteZone = "UPDATE rollup_state SET reporting_zone = $1";

    private const string ReadMonths = "SELECT DISTINCT month FROM person_quarter_hours ORDER BY month";

    // Not TRUNCATE, which readers of an older snapshot would see.
    private const string DeleteDays = "DELETE FROM person_days";

    // A page of people with all of their months.
    private const string ReadPeople = """
        SELECT user_id, month, cells
        FROM person_quarter_hours
        WHERE month = ANY ($1) AND user_id > $2
        ORDER BY user_id, month
        LIMIT $3
        """;

    private const string ReadPersonDays = """
        SELECT user_id, totals, types FROM person_days WHERE month = $1 AND user_id > $2 AND user_id <= $3
        """;

    private const string ReadQuarterHours = "SELECT day, cells FROM quarter_hours WHERE day >= $1 AND day < $2";

    private const int PageSize = 1_000;

    // The last character there is: no name is above it.
    private const string AfterEveryone = "\U0010FFFF";

    private int TimeoutSeconds => (int)options.Value.Timeout.TotalSeconds;

    /// <summary>Builds all days of people anew where they are in another zone than the one that is configured.</summary>
    public async Task AdoptZoneAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadZoneAsync(connection, cancellationToken) == days.Zone)
        {
            return;
        }

        await using var delete = connection.CreateCommand(DeleteDays);
        await delete.ExecuteNonQueryAsync(cancellationToken);
        foreach (var month in await ReadMonthsAsync(connection, cancellationToken))
        {
            await CompareDaysAsync(connection, month, mend: true, cancellationToken);
        }

        await using var write = connection.CreateCommand(WriteZone, days.Zone);
        await write.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Compares the rows of a month with what they are sums of, at both levels: a month in UTC, and one in the reporting zone.</summary>
    /// <param name="connection">A transaction that holds the lock of compaction or, to compare only, has one snapshot.</param>
    /// <param name="month">Its first day.</param>
    /// <param name="mend">Whether they are made what they are to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many cells were not what they are to be.</returns>
    public async Task<int> CompareAsync(DatabaseConnection connection, DateOnly month, bool mend, CancellationToken cancellationToken)
    {
        var different = await CompareQuarterHoursAsync(connection, month, mend, cancellationToken);

        // Days of another zone are about to be built anew.
        if (await ReadZoneAsync(connection, cancellationToken) == days.Zone)
        {
            foreach (var local in mend ? MonthsAround(month) : [month])
            {
                different += await CompareDaysAsync(connection, local, mend, cancellationToken);
            }
        }

        return different;
    }

    /// <summary>The reporting zone's months of which the month in UTC has a part: the deltas that mend it fall into all of them.</summary>
    private SortedSet<DateOnly> MonthsAround(DateOnly month) =>
    [
        QuarterHour.MonthOf(days.Of(QuarterHour.Of(month))), month, QuarterHour.MonthOf(days.Of(QuarterHour.Of(month.AddMonths(1)) - 1)),
    ];

    private static async Task<string> ReadZoneAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        await using var read = connection.CreateCommand(ReadZone);
        return (string)(await read.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<int> CompareDaysAsync(DatabaseConnection connection, DateOnly month, bool mend, CancellationToken cancellationToken)
    {
        // The zone's month begins and ends some hours before or after that of UTC.
        DateOnly[] months = [month.AddMonths(-1), month, month.AddMonths(1)];
        var different = 0;
        await foreach (var people in ReadPagesAsync(connection, months, cancellationToken))
        {
            var lacking = new ActivityChanges(days);
            foreach (var (user, rows) in people.OfUsers)
            {
                foreach (var (type, quarterHour, events) in rows)
                {
                    lacking.AddToDerived(user, type, quarterHour, events);
                }
            }

            var (totals, types) = (OnlyOf(lacking.PersonTotals, month), OnlyOf(lacking.PersonTypes, month));
            await using (var read = connection.CreateCommand(ReadPersonDays, month, people.After, people.Last))
            {
                read.CommandTimeout = TimeoutSeconds;
                await using var reader = await read.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    var row = new PersonMonth(month, reader.GetString(0));
                    Subtract(totals, row, reader.GetFieldValue<byte[]>(1));
                    Subtract(types, row, reader.GetFieldValue<byte[]>(2));
                }
            }

            totals = Different(totals);
            types = Different(types);
            var changed = totals.Rows.Values.Sum(cells => cells.Count) + types.Rows.Values.Sum(cells => cells.Count);
            different += changed;
            if (mend && changed > 0)
            {
                await PackedRows.AddDaysAsync(connection, totals, types, TimeoutSeconds, cancellationToken);
            }
        }

        return different;
    }

    private async Task<int> CompareQuarterHoursAsync(DatabaseConnection connection, DateOnly month, bool mend, CancellationToken cancellationToken)
    {
        var lacking = new CellChanges<DateOnly>();
        var sums = new Dictionary<(int Type, int QuarterHour), long>();
        await foreach (var people in ReadPagesAsync(connection, [month], cancellationToken))
        {
            foreach (var (type, quarterHour, events) in people.OfUsers.SelectMany(person => person.Value))
            {
                sums[(type, quarterHour)] = sums.GetValueOrDefault((type, quarterHour)) + events;
            }
        }

        foreach (var ((type, quarterHour), events) in sums)
        {
            var day = QuarterHour.Day(quarterHour);
            lacking.Add(day, type, quarterHour - QuarterHour.Of(day), events);
        }

        await using (var read = connection.CreateCommand(ReadQuarterHours, month, month.AddMonths(1)))
        {
            await using var reader = await read.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                Subtract(lacking, reader.GetFieldValue<DateOnly>(0), reader.GetFieldValue<byte[]>(1));
            }
        }

        lacking = Different(lacking);
        if (mend && lacking.Rows.Count > 0)
        {
            await PackedRows.AddAsync(connection, lacking, TimeoutSeconds, cancellationToken);
        }

        return lacking.Rows.Values.Sum(cells => cells.Count);
    }

    private static async Task<List<DateOnly>> ReadMonthsAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ReadMonths);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var months = new SortedSet<DateOnly>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var month = reader.GetFieldValue<DateOnly>(0);
            months.UnionWith([month.AddMonths(-1), month, month.AddMonths(1)]);
        }

        return [.. months];
    }

    private async IAsyncEnumerable<Page> ReadPagesAsync(
        DatabaseConnection connection, DateOnly[] months, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = new Page(after);
            var rows = 0;
            await using (var read = connection.CreateCommand(ReadPeople, months, after, PageSize))
            {
                read.CommandTimeout = TimeoutSeconds;
                await using var reader = await read.ExecuteReaderAsync(cancellationToken);
                for (; await reader.ReadAsync(cancellationToken); rows++)
                {
                    page.Add(reader.GetString(0), reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<byte[]>(2));
                }
            }

            var full = rows == PageSize;
            if (full)
            {
                // Some of the last one's months may be on the next page.
                page.RemoveLast();
            }

            if (!full)
            {
                // What is kept of people who have nothing is looked at as well.
                page.ReachToTheEnd();
                yield return page;
                yield break;
            }

            after = page.Last;
            yield return page;
        }
    }

    private static CellChanges<PersonMonth> OnlyOf(CellChanges<PersonMonth> changes, DateOnly month)
    {
        var only = new CellChanges<PersonMonth>();
        foreach (var (row, cells) in changes.Rows.Where(row => row.Key.Month == month))
        {
            cells.ForEach(cell => only.Add(row, cell.Code, cell.Offset, cell.Count));
        }

        return only;
    }

    private static void Subtract<TKey>(CellChanges<TKey> changes, TKey row, byte[] packed)
        where TKey : notnull =>
        Cells.Unpack(packed).ForEach(cell => changes.Add(row, cell.Code, cell.Offset, -cell.Count));

    private static CellChanges<TKey> Different<TKey>(CellChanges<TKey> changes)
        where TKey : notnull
    {
        var different = new CellChanges<TKey>();
        foreach (var row in changes.Rows.Keys)
        {
            Cells.Unpack(changes.Merge(row, [])).ForEach(cell => different.Add(row, cell.Code, cell.Offset, cell.Count));
        }

        return different;
    }

    /// <summary>Some people, in the order of their names.</summary>
    private sealed class Page(string after)
    {
        public string After { get; } = after;

        public string Last { get; private set; } = after;

        public Dictionary<string, List<(int Type, int QuarterHour, long Events)>> OfUsers { get; } = new(StringComparer.Ordinal);

        public void Add(string user, DateOnly month, byte[] packed)
        {
            if (!OfUsers.TryGetValue(user, out var rows))
            {
                OfUsers.Add(user, rows = []);
                Last = user;
            }

            var first = QuarterHour.Of(month);
            rows.AddRange(Cells.Unpack(packed).Select(cell => (cell.Code, first + cell.Offset, cell.Count)));
        }

        public void ReachToTheEnd() => Last = AfterEveryone;

        public void RemoveLast()
        {
            OfUsers.Remove(Last);
            Last = OfUsers.Keys.LastOrDefault(After);
        }
    }
}
