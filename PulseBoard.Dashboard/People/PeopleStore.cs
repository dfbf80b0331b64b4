using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.People;

/// <summary>Writes what people are called and where they belong. Each write has its turn: <see cref="WriteTurn"/>.</summary>
internal sealed class PeopleStore(DatabaseConnections connections)
{
    private const string Upsert = """
        INSERT INTO people (user_id, display_name, team)
        VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE SET display_name = excluded.display_name, team = excluded.team
        """;

    private const string Delete = "DELETE FROM people WHERE user_id = $1";

    private const string InsertTeams = """
        INSERT INTO teams (team)
        SELECT DISTINCT team FROM unnest($1) AS named (team) WHERE team IS NOT NULL
        ON CONFLICT (team) DO NOTHING
        """;

    private const string CountEntered = "SELECT count(*)::integer FROM people WHERE user_id = ANY ($1)";

    // Who is known from events, and of whom the file says nothing more, needs no row: an export read back leaves no trace.
    private const string UpsertAll = """
        INSERT INTO people (user_id, display_name, team)
        SELECT user_id, display_name, team
        FROM unnest($1, $2, $3) AS entry (user_id, display_name, team)
        WHERE display_name IS NOT NULL
            OR team IS NOT NULL
            OR EXISTS (SELECT FROM people WHERE people.user_id = entry.user_id)
            OR NOT EXISTS (SELECT FROM daily_user_metrics WHERE daily_user_metrics.user_id = entry.user_id)
        ON CONFLICT (user_id) DO UPDATE SET display_name = excluded.display_name, team = excluded.team
        WHERE (people.display_name, people.team) IS DISTINCT FROM (excluded.display_name, excluded.team)
        """;

    /// <summary>Says all there is to say of a person.</summary>
    /// <returns>The person; null where there is no such team.</returns>
    public async Task<Person?> TryPutAsync(string user, PersonUpdate update, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await WriteTurn.BeginAsync(connection, cancellationToken);
        try
        {
            await using var command = connection.CreateCommand(
                Upsert, user, (object?)update.DisplayName ?? DBNull.Value, (object?)update.Team ?? DBNull.Value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return null;
        }

        var person = await PeopleQuery.FindAsync(connection, user, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return person;
    }

    /// <summary>Forgets what was said of a person. Doing so again changes nothing.</summary>
    public async Task DeleteAsync(string user, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await WriteTurn.BeginAsync(connection, cancellationToken);
        await using var command = connection.CreateCommand(Delete, user);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Says all there is to say of many people, and makes the teams that are new: all of it or nothing.</summary>
    /// <param name="entries">Each person once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PeopleImport> ImportAsync(IReadOnlyCollection<PersonEntry> entries, CancellationToken cancellationToken)
    {
        string[] users = [.. entries.Select(entry => entry.User)];
        string?[] displayNames = [.. entries.Select(entry => entry.DisplayName)];
        string?[] teams = [.. entries.Select(entry => entry.Team)];

        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await WriteTurn.BeginAsync(connection, cancellationToken);
        await using var insertTeams = Command(InsertTeams, teams);
        var teamsCreated = await insertTeams.ExecuteNonQueryAsync(cancellationToken);

        await using var countEntered = Command(CountEntered, users);
        var before = await CountAsync();
        await using var upsert = Command(UpsertAll, users, displayNames, teams);
        var written = await upsert.ExecuteNonQueryAsync(cancellationToken);
        var created = await CountAsync() - before;
        await transaction.CommitAsync(cancellationToken);
        return new(users.Length, created, written - created, users.Length - written, teamsCreated);

        NpgsqlCommand Command(string sql, params string?[][] columns)
        {
            var command = connection.CreateCommand(sql);
            foreach (var column in columns)
            {
                command.Parameters.Add(new() { Value = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            }

            return command;
        }

        async Task<int> CountAsync() => (int)(await countEntered.ExecuteScalarAsync(cancellationToken))!;
    }
}
