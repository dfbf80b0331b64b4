using System.Data;
using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// Reads people: those somebody entered, and those known from their events alone. All parts of an answer are of one snapshot, in
/// which each counted event is either compacted or not yet.
/// </summary>
internal sealed class PeopleQuery(DatabaseConnections connections)
{
    // person_days has the month first in its key: asked month by month, it gives the first names of each from its index, and the
    // first of all are among them. Whoever has a display name or a team stands in people, so that only there these are searched.
    // Collation "default", since "C" knows the case of ASCII alone.
    private const string SelectPage = """
        WITH months AS MATERIALIZED (
            SELECT generate_series(min(month)::timestamp, max(month)::timestamp, interval '1 month')::date AS month FROM person_days),
        found AS (
            (SELECT user_id
             FROM people
             WHERE user_id > $1
                AND ($2 IS NULL OR strpos(lower(user_id COLLATE "default"), lower($2)) > 0 OR strpos(lower(display_name), lower($2)) > 0)
                AND ($3 IS NULL OR coalesce(team, '') = ANY ($3))
             ORDER BY user_id
             LIMIT $4)
            UNION
            SELECT acted.user_id
            FROM months CROSS JOIN LATERAL (
                SELECT user_id
                FROM person_days
                WHERE person_days.month = months.month
                    AND user_id > $1
                    AND ($2 IS NULL OR strpos(lower(user_id COLLATE "default"), lower($2)) > 0)
                    AND ($3 IS NULL OR '' = ANY ($3) AND NOT EXISTS (SELECT FROM people WHERE people.user_id = person_days.user_id AND team IS NOT NULL))
                ORDER BY user_id
                LIMIT $4) AS acted
            UNION
            (SELECT DISTINCT user_id COLLATE "C" AS user_id
             FROM rollup_deltas
             WHERE user_id COLLATE "C" > $1
                AND ($2 IS NULL OR strpos(lower(user_id), lower($2)) > 0)
                AND ($3 IS NULL OR '' = ANY ($3) AND NOT EXISTS (SELECT FROM people WHERE people.user_id = rollup_deltas.user_id AND team IS NOT NULL))
             ORDER BY user_id
             LIMIT $4))
        SELECT found.user_id, people.display_name, people.team, teams.display_name
        FROM found
            LEFT JOIN people ON people.user_id = found.user_id
            LEFT JOIN teams ON teams.team = people.team
        ORDER BY found.user_id
        LIMIT $4
        """;

    private const string SelectOne = """
        SELECT people.user_id, people.display_name, people.team, teams.display_name
        FROM people LEFT JOIN teams ON teams.team = people.team
        WHERE people.user_id = $1
        """;

    // By the key of each month, as above.
    private const string SelectDays = """
        SELECT person_days.user_id, person_days.month, person_days.totals
        FROM (SELECT generate_series(min(month)::timestamp, max(month)::timestamp, interval '1 month')::date AS month FROM person_days) AS months
            JOIN person_days ON person_days.month = months.month AND person_days.user_id = ANY ($1)
        """;

    private const string SelectDeltas = """
        SELECT user_id, quarter_hour, sum(events)::bigint, (SELECT reporting_zone FROM rollup_state)
        FROM rollup_deltas
        WHERE user_id = ANY ($1)
        GROUP BY user_id, quarter_hour
        """;

    /// <summary>A page of people, in the order of their names.</summary>
    public async Task<PeoplePage> ListAsync(PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var snapshot = await connection.Npgsql.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // One more than asked for tells whether another page follows.
        var people = await ReadPageAsync(connection, filter with { Limit = filter.Limit + 1 }, cancellationToken);
        var more = people.Count > filter.Limit;
        if (more)
        {
            people.RemoveAt(filter.Limit);
        }

        var page = await WithEventsAsync(connection, people, cancellationToken);
        return new(page, more ? page[^1].User : null);
    }

    /// <summary>The names and teams of all people that a filter lets through, on whatever page, in the order of the names.</summary>
    public async Task<List<PersonEntry>> ListEntriesAsync(PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        var people = await ReadPageAsync(connection, filter with { Cursor = string.Empty, Limit = int.MaxValue }, cancellationToken);
        return people.ConvertAll(person => new PersonEntry(person.User, person.DisplayName, person.Team));
    }

    /// <summary>One person, or null for somebody who neither acted nor was entered.</summary>
    public async Task<Person?> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var snapshot = await connection.Npgsql.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await FindAsync(connection, user, cancellationToken);
    }

    /// <summary>The same, on a connection of the caller's.</summary>
    public static async Task<Person?> FindAsync(DatabaseConnection connection, string user, CancellationToken cancellationToken)
    {
        Person? entered;
        await using (var command = connection.CreateCommand(SelectOne, user))
        {
            entered = (await ReadPeopleAsync(command, cancellationToken)).SingleOrDefault();
        }

        var events = await CountEventsAsync(connection, [user], cancellationToken);
        return entered is null && !events.ContainsKey(user)
            ? null
            : With(events, entered ?? new(user, null, null, null, 0, null));
    }

    private static async Task<List<Person>> ReadPageAsync(DatabaseConnection connection, PeopleFilter filter, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(SelectPage, filter.Cursor);
        command.Parameters.Add(new() { Value = (object?)filter.Search ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)filter.Teams ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = filter.Limit });
        return await ReadPeopleAsync(command, cancellationToken);
    }

    private static async Task<List<Person>> ReadPeopleAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            people.Add(new(
                reader.GetString(0),
                await reader.GetTextOrNullAsync(1, cancellationToken),
                await reader.GetTextOrNullAsync(2, cancellationToken),
                await reader.GetTextOrNullAsync(3, cancellationToken),
                Events: 0,
                LastDay: null));
        }

        return people;
    }

    private static async Task<List<Person>> WithEventsAsync(DatabaseConnection connection, List<Person> people, CancellationToken cancellationToken)
    {
        var events = await CountEventsAsync(connection, [.. people.Select(person => person.User)], cancellationToken);
        return people.ConvertAll(person => With(events, person));
    }

    private static Person With(Dictionary<string, PersonEvents> events, Person person) =>
        events.TryGetValue(person.User, out var own) ? person with { Events = own.Count, LastDay = own.LastDay } : person;

    private static async Task<Dictionary<string, PersonEvents>> CountEventsAsync(
        DatabaseConnection connection, string[] users, CancellationToken cancellationToken)
    {
        var events = new Dictionary<string, PersonEvents>(StringComparer.Ordinal);
        await using (var command = connection.CreateCommand(SelectDeltas, (object)users))
        {
            TimeZoneInfo? zone = null;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                zone ??= TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(3));
                var local = TimeZoneInfo.ConvertTime(QuarterHour.Start(reader.GetInt32(1)), zone);
                Of(reader.GetString(0)).AddUncompacted(DateOnly.FromDateTime(local.DateTime), reader.GetInt64(2));
            }
        }

        await using (var command = connection.CreateCommand(SelectDays, (object)users))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                Of(reader.GetString(0)).AddMonth(reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<byte[]>(2));
            }
        }

        foreach (var own in events.Values)
        {
            own.AddRest();
        }

        return events;

        PersonEvents Of(string user)
        {
            if (!events.TryGetValue(user, out var own))
            {
                events[user] = own = new();
            }

            return own;
        }
    }
}
