using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Events;

/// <summary>What a question about events asks beyond the filter.</summary>
/// <param name="Search">A text in the name of the person or the type; null for all.</param>
/// <param name="Limit">How many events a page has at most.</param>
/// <param name="Cursor">Where the page before ended; null for the first.</param>
internal sealed record EventParts(string? Search, int Limit, EventCursor? Cursor);

/// <summary>
/// The events themselves, the newest first. An index by time and person would slow down every insert by a quarter; the rollups know
/// already in which quarter hours there is something to be found, so that only those stretches of the table are read.
/// </summary>
internal sealed class EventQuery(DatabaseConnections connections, IOptions<EventOptions> options, TimeProvider time)
{
    // Two ways to the events of a stretch: see EventTimes. No event is in both.
    private const string Sql = $"""
        SELECT event_id, user_id, event_type, timestamp, received_at, data_payload::text
        FROM (
            SELECT * FROM events
            WHERE {EventTimes.InTime} AND received_at >= $1 - {EventTimes.Early} AND received_at <= $2 + {EventTimes.Late}
            UNION ALL
            SELECT * FROM events
            WHERE {EventTimes.OutOfTime}) AS near
        WHERE timestamp >= $1 AND timestamp < $2
            AND ($3::timestamptz IS NULL OR (timestamp, event_id) < ($3, $4::uuid))
            AND ($5::text[] IS NULL OR user_id = ANY ($5))
            AND ($6::text[] IS NULL OR event_type = ANY ($6))
            AND ($7::text[] IS NULL OR user_id = ANY ($7) OR event_type = ANY ($8))
        ORDER BY timestamp DESC, event_id DESC
        LIMIT $9
        """;

    private static readonly TimeSpan FirstSlice = TimeSpan.FromSeconds(1);

    private const int FirstDays = 2;
    private const int GrowingBy = 8;

    private readonly EventOptions _options = options.Value;

    /// <summary>A page.</summary>
    public Task<EventPage> ReadPageAsync(MetricsFilter filter, EventParts parts, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: parts.Search is not null,
            async snapshot =>
            {
                var started = time.GetTimestamp();
                var events = new List<RecordedEvent>();
                await foreach (var stretch in FindAsync(snapshot, filter, parts, cancellationToken))
                {
                    // One more than is shown tells whether more follow.
                    await foreach (var found in ReadAsync(snapshot, stretch, parts.Cursor, parts.Limit + 1 - events.Count, cancellationToken))
                    {
                        events.Add(found);
                    }

                    if (events.Count > parts.Limit)
                    {
                        var last = events[parts.Limit - 1];
                        return new EventPage(events[..parts.Limit], new EventCursor(last.Timestamp, last.EventId).ToString());
                    }

                    if (time.GetElapsedTime(started) > _options.PageTime)
                    {
                        return new EventPage(events, new EventCursor(stretch.Start, Guid.Empty).ToString());
                    }
                }

                return new EventPage(events, null);
            },
            cancellationToken);

    /// <summary>All of them, as they come.</summary>
    public async IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        MetricsFilter filter, EventParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not in one snapshot: a client that reads slowly would keep it open, and nothing could be vacuumed meanwhile.
        var stretches = await RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: parts.Search is not null,
            async snapshot => await FindAsync(snapshot, filter, parts with { Limit = int.MaxValue }, cancellationToken).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var stretch in stretches)
        {
            var events = await RollupSnapshot.ReadAsync(
                connections,
                filter,
                withRoster: false,
                async snapshot => await ReadAsync(snapshot, stretch, parts.Cursor, int.MaxValue, cancellationToken).ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var found in events)
            {
                yield return found;
            }
        }
    }

    /// <summary>Stretches of time with events that are meant, the latest first.</summary>
    private async IAsyncEnumerable<Stretch> FindAsync(
        RollupSnapshot snapshot, MetricsFilter filter, EventParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (filter.Range is not { } range)
        {
            yield break;
        }

        var search = parts.Search is { } text ? new EventSearch(text, snapshot.Roster) : null;
        var end = parts.Cursor is { } cursor ? Math.Min(range.EndQuarterHour, cursor.EndQuarterHour) : range.EndQuarterHour;

        // Mostly a page is found within the last days, and little need be read to know where.
        for (var days = FirstDays; end > range.FirstQuarterHour; days *= GrowingBy)
        {
            var first = (int)Math.Max(range.FirstQuarterHour, end - ((long)days * QuarterHour.PerDay));
            var within = TimeRange.Of(TimeZoneInfo.Utc, first, end);
            var map = BucketMap.OfQuarterHours(within);
            var all = new OverallTally(map.Count);
            await ActivityReader.ReadAsync(snapshot, Everything(within), map, all, cancellationToken);
            var people = new SearchTally(map.Count, search);
            var meant = people.Lanes.Events;
            if (search is null && filter.Users.Count + filter.Teams.Count + filter.Types.Count == 0)
            {
                meant = all.Lanes.Events;
            }
            else
            {
                people.NameTypesBy(snapshot.TypeName);
                await ActivityReader.ReadAsync(snapshot, filter.Within(within), map, people, cancellationToken);
            }

            var condition = Condition.Of(snapshot, filter, search, people.Users);
            foreach (var (from, to) in Stretches(all.Lanes.Events, meant, parts.Limit))
            {
                var events = all.Lanes.Events[from..to].Sum();
                foreach (var (start, until) in Slices(QuarterHour.Start(first + from), QuarterHour.Start(first + to), events))
                {
                    yield return new(start, until, condition);
                }
            }

            end = first;
        }
    }

    /// <summary>
    /// The slices of a stretch, the latest first. While much comes in, the present quarter hour alone has more than a statement should
    /// read: its slices begin at the present moment, since what is dated later is rare, and grow as long as little is found.
    /// </summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Slices(DateTimeOffset start, DateTimeOffset end, long events)
    {
        if (events <= 2 * _options.StretchEvents)
        {
            yield return (start, end);
            yield break;
        }

        var now = time.GetUtcNow();
        if (now > start && now < end)
        {
            yield return (now, end);
            end = now;
        }

        var most = TimeSpan.FromTicks(Math.Max(FirstSlice.Ticks, (long)((end - start).Ticks * (double)_options.StretchEvents / events)));
        for (var width = FirstSlice; end > start; width = width * 2 < most ? width * 2 : most)
        {
            var from = end - start > width ? end - width : start;
            yield return (from, end);
            end = from;
        }
    }

    /// <summary>Runs of quarter hours, the latest first, each with enough for a page, or with as many events of any kind as one statement should read.</summary>
    private IEnumerable<(int From, int To)> Stretches(long[] all, long[] meant, int limit)
    {
        var (to, read, found) = (-1, 0L, 0L);
        for (var quarterHour = meant.Length - 1; quarterHour >= 0; quarterHour--)
        {
            if (to < 0)
            {
                if (meant[quarterHour] <= 0)
                {
                    continue;
                }

                (to, read, found) = (quarterHour + 1, 0, 0);
            }

            read += all[quarterHour];
            found += meant[quarterHour];
            if (read >= _options.StretchEvents || found > limit || quarterHour == 0)
            {
                yield return (quarterHour, to);
                to = -1;
            }
        }
    }

    private static async IAsyncEnumerable<RecordedEvent> ReadAsync(
        RollupSnapshot snapshot, Stretch stretch, EventCursor? cursor, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, snapshot.Connection);
        var (start, end, condition) = stretch;
        command.Parameters.Add(new() { Value = start, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = end, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)cursor?.Timestamp ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)cursor?.EventId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var list in (string[]?[])[condition.Users, condition.Types, condition.SearchedUsers, condition.SearchedTypes])
        {
            command.Parameters.Add(new() { Value = (object?)list ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                await reader.IsDBNullAsync(5, cancellationToken) ? null : JsonElement.Parse(reader.GetString(5)));
        }
    }

    private static MetricsFilter Everything(TimeRange range) =>
        new() { Range = range, Comparison = null, Users = [], Teams = [], Types = [], Interval = Interval.Hour, Key = "" };

    private sealed record Stretch(DateTimeOffset Start, DateTimeOffset End, Condition Condition);

    /// <summary>Which events are meant, in lists that the statement takes; null does not restrict.</summary>
    private sealed record Condition(string[]? Users, string[]? Types, string[]? SearchedUsers, string[]? SearchedTypes)
    {
        public static Condition Of(RollupSnapshot snapshot, MetricsFilter filter, EventSearch? search, IReadOnlyCollection<string> seen)
        {
            var scope = snapshot.Scope(filter);
            return new(
                scope.IsEverybody ? null : scope.Users ?? [.. seen.Where(scope.Predicate!)],
                filter.Types.Count == 0 ? null : [.. filter.Types],
                search is null ? null : [.. seen.Where(search.IsUser)],
                search is null ? null : [.. snapshot.TypeNames.Where(search.IsType)]);
        }
    }

    /// <summary>Counts what a search finds, and notes who acted.</summary>
    private sealed class SearchTally(int buckets, EventSearch? search) : ActivityTally(buckets)
    {
        private readonly Lanes _others = new(buckets);
        private Func<int, string> _nameOf = _ => "";

        public Lanes Lanes { get; } = new(buckets);

        public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

        public override bool NeedsPeople => search is not null;

        public override bool NeedsTypes => search is not null;

        public void NameTypesBy(Func<int, string> nameOf) => _nameOf = nameOf;

        public override Lanes Of(string user, int type)
        {
            Users.Add(user);
            return search is null || search.IsUser(user) || search.IsType(_nameOf(type)) ? Lanes : _others;
        }
    }
}
