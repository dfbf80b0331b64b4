using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>Who belongs to which team, and how people and teams are called.</summary>
internal sealed class Roster
{
    private readonly Dictionary<string, (string? Name, string? Team)> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _teams = new(StringComparer.Ordinal);

    public void AddPerson(string user, string? name, string? team) => _people.Add(user, (name, team));

    public void AddTeam(string team, string? name) => _teams.Add(team, name);

    /// <summary>Whether a person was entered.</summary>
    public bool Has(string user) => _people.ContainsKey(user);

    /// <summary>A person's team; empty where they belong to none.</summary>
    public string TeamOf(string user) => _people.GetValueOrDefault(user).Team ?? "";

    /// <summary>How a person is called; null where that is not known.</summary>
    public string? NameOf(string user) => _people.GetValueOrDefault(user).Name;

    /// <summary>How a team is called; null where that is its key.</summary>
    public string? NameOfTeam(string team) => _teams.GetValueOrDefault(team);

    /// <summary>Whom a filter with teams lets through.</summary>
    public PersonScope Scope(MetricsFilter filter)
    {
        var teams = filter.Teams.ToHashSet(StringComparer.Ordinal);
        if (filter.Users.Count > 0)
        {
            return new([.. filter.Users.Where(user => teams.Contains(TeamOf(user)))], null);
        }

        // People in no team are everybody who does not stand here.
        return teams.Contains("")
            ? new(null, user => teams.Contains(TeamOf(user)))
            : new([.. _people.Where(person => person.Value.Team is { } team && teams.Contains(team)).Select(person => person.Key)], null);
    }
}

/// <summary>Whom a question is about.</summary>
/// <param name="Users">Those people; null where they cannot be listed.</param>
/// <param name="Predicate">Whether a person belongs to them; null where <paramref name="Users"/> says it.</param>
internal sealed record PersonScope(string[]? Users, Func<string, bool>? Predicate)
{
    private static PersonScope Everybody { get; } = new(null, null);

    /// <summary>Some people, or everybody where there is none.</summary>
    public static PersonScope Of(IReadOnlyCollection<string> users) => users.Count == 0 ? Everybody : new([.. users], null);

    /// <summary>No one is left out.</summary>
    public bool IsEverybody => Users is null && Predicate is null;
}
