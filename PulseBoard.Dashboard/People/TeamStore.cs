using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads and writes teams. Each write has its turn: <see cref="WriteTurn"/>.</summary>
internal sealed class TeamStore(DatabaseConnections connections)
{
    private const string SelectAll = """
        SELECT team, display_name, (SELECT count(*)::integer FROM people WHERE people.team = teams.team)
        FROM teams
        ORDER BY team
        """;

    // One statement, so that the team and its people are of one moment. A team without people is a row without a user.
    private const string SelectOne = """
        SELECT teams.display_name, people.user_id, people.display_name
        FROM teams LEFT JOIN people ON people.team = teams.team
        WHERE teams.team = $1
        ORDER BY people.user_id
        """;

    private const string Upsert = """
        INSERT INTO teams (team, display_name)
        VALUES ($1, $2)
        ON CONFLICT (team) DO UPDATE SET display_name = excluded.display_name
        """;

    private const string Dismiss = "UPDATE people SET team = NULL WHERE team = $1 AND NOT user_id = ANY ($2)";

    private const string Enlist = """
        INSERT INTO people (user_id, team)
        SELECT member, $1 FROM unnest($2) AS member
        ON CONFLICT (user_id) DO UPDATE SET team = excluded.team
        WHERE people.team IS DISTINCT FROM excluded.team
        """;

    // Its people stay, and belong to no team: the foreign key says so.
    private const string Delete = "DELETE FROM teams WHERE team = $1";

    /// <summary>All teams, in the order of their keys.</summary>
    public async Task<IReadOnlyList<Team>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(SelectAll);

        var teams = new List<Team>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            teams.Add(new(reader.GetString(0), await reader.GetTextOrNullAsync(1, cancellationToken), reader.GetInt32(2)));
        }

        return teams;
    }

    /// <summary>A team with its people, or null.</summary>
    public async Task<Team?> FindAsync(string team, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        return await FindAsync(connection, team, cancellationToken);
    }

    /// <summary>Makes a team or renames it, and says who belongs to it where the update does.</summary>
    public async Task<Team> PutAsync(string team, TeamUpdate update, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await WriteTurn.BeginAsync(connection, cancellationToken);
        await ExecuteAsync(Upsert, team, (object?)update.DisplayName ?? DBNull.Value);
        if (update.Members is { } members)
        {
            string[] users = [.. members.Distinct(StringComparer.Ordinal)];
            await ExecuteAsync(Dismiss, team, users);
            await ExecuteAsync(Enlist, team, users);
        }

        var written = await FindAsync(connection, team, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written!;

        async Task ExecuteAsync(string sql, params object[] parameters)
        {
            await using var command = connection.CreateCommand(sql, parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Dissolves a team. Doing so again changes nothing.</summary>
    public async Task DeleteAsync(string team, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await WriteTurn.BeginAsync(connection, cancellationToken);
        await using var command = connection.CreateCommand(Delete, team);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Team?> FindAsync(DatabaseConnection connection, string team, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(SelectOne, team);
        var (found, displayName) = (false, default(string));
        var members = new List<TeamMember>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            (found, displayName) = (true, await reader.GetTextOrNullAsync(0, cancellationToken));
            if (await reader.GetTextOrNullAsync(1, cancellationToken) is { } user)
            {
                members.Add(new(user, await reader.GetTextOrNullAsync(2, cancellationToken)));
            }
        }

        return found ? new(team, displayName, members.Count, members) : null;
    }
}
