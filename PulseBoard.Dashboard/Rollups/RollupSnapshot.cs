using System.Data;
using Npgsql;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>
/// One look at the rollups: everything that an answer is made of comes from one snapshot, so that a count is in it whole, compacted or
/// not, and a person's team is the same in all of it.
/// </summary>
internal sealed class RollupSnapshot
{
    private const string ReadZone = "SELECT reporting_zone FROM rollup_state";

    private const string ReadTypes = "SELECT type_id, event_type FROM event_types";

    private const string ReadPeople = "SELECT user_id, display_name, team FROM people";

    private const string ReadTeams = "SELECT team, display_name FROM teams";

    private readonly Dictionary<string, int> _typeIds = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _typeNames = [];

    private readonly Roster? _roster;

    private RollupSnapshot(NpgsqlConnection connection, Roster? roster) => (Connection, _roster) = (connection, roster);

    /// <summary>Reads one thing at a time.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The zone of the days in <c>person_days</c>.</summary>
    public TimeZoneInfo DayZone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>People and teams, where they were asked for.</summary>
    public Roster Roster => _roster ?? throw new InvalidOperationException("This snapshot was taken without people and teams.");

    /// <summary>Takes a look.</summary>
    /// <param name="connections">Where from.</param>
    /// <param name="filter">What is asked about; whoever asks about teams needs the <see cref="Roster"/>.</param>
    /// <param name="withRoster">Whether the answer needs it in any case, such as for names.</param>
    /// <param name="read">Reads what it needs, one thing after the other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<T> ReadAsync<T>(
        DatabaseConnections connections, MetricsFilter filter, bool withRoster, Func<RollupSnapshot, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);

        // It begins with the first statement, at no round trip of its own; there is nothing to commit.
        await using var transaction = await connection.Npgsql.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var snapshot = new RollupSnapshot(connection.Npgsql, withRoster || filter.Teams.Count > 0 ? new() : null);
        await snapshot.ReadBasicsAsync(cancellationToken);
        return await read(snapshot);
    }

    /// <summary>Whom a filter lets through.</summary>
    public PersonScope Scope(MetricsFilter filter) => filter.Teams.Count == 0 ? PersonScope.Of(filter.Users) : Roster.Scope(filter);

    /// <summary>The id of a type. One that has none in the rollups yet gets one for this snapshot.</summary>
    public int TypeId(string name)
    {
        if (!_typeIds.TryGetValue(name, out var id))
        {
            id = int.MaxValue - _typeIds.Count;
            _typeIds.Add(name, id);
            _typeNames.Add(id, name);
        }

        return id;
    }

    /// <summary>The name of a type.</summary>
    public string TypeName(int id) => _typeNames[id];

    /// <summary>The types that have ids in this snapshot.</summary>
    public IEnumerable<string> TypeNames => _typeIds.Keys;

    private async Task ReadBasicsAsync(CancellationToken cancellationToken)
    {
        await using var batch = Connection.CreateBatch();
        foreach (var sql in (string[])[ReadZone, ReadTypes, .. _roster is null ? Array.Empty<string>() : [ReadPeople, ReadTeams]])
        {
            batch.BatchCommands.Add(new(sql));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var zone = reader.GetString(0);
        DayZone = TimeZones.Find(zone)
            ?? throw new InvalidOperationException($"The rollups are in the time zone {zone}, which this machine does not know: its tzdata are too old.");

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _typeIds.Add(reader.GetString(1), reader.GetInt32(0));
            _typeNames.Add(reader.GetInt32(0), reader.GetString(1));
        }

        if (_roster is null)
        {
            return;
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _roster.AddPerson(reader.GetString(0), Text(reader, 1), Text(reader, 2));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _roster.AddTeam(reader.GetString(0), Text(reader, 1));
        }
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
