using PulseBoard.Contracts;

namespace PulseBoard.Tests.Metrics;

/// <summary>All that happened, and who is who: what the plain recomputation computes from.</summary>
internal sealed class PlainActivity
{
    /// <summary>Every event once, in no order.</summary>
    public List<PlainEvent> Events { get; } = [];

    /// <summary>People somebody entered: what they are called, and their team.</summary>
    public Dictionary<string, (string? Name, string? Team)> People { get; } = new(StringComparer.Ordinal);

    /// <summary>Teams, and what they are called.</summary>
    public Dictionary<string, string?> Teams { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<PlainTask> Tasks { get; private set; } = [];

    public void Add(IEnumerable<PlainEvent> events)
    {
        Events.AddRange(events);
        Tasks = [.. Events
            .Where(happened => happened.TaskId is not null && happened.Type is ActivityTypes.TaskCreated or ActivityTypes.TaskCompleted)
            .GroupBy(happened => happened.TaskId, StringComparer.Ordinal)
            .Select(ToTask)];
    }

    /// <summary>A person's team; empty where there is none.</summary>
    public string TeamOf(string user) => People.GetValueOrDefault(user).Team ?? "";

    public string? NameOf(string user) => People.GetValueOrDefault(user).Name;

    public string? NameOfTeam(string team) => Teams.GetValueOrDefault(team);

    /// <summary>Whether a filter lets a person through.</summary>
    public bool Passes(PlainFilter filter, string user) =>
        (filter.Users.Count == 0 || filter.Users.Contains(user)) && (filter.Teams.Count == 0 || filter.Teams.Contains(TeamOf(user)));

    /// <summary>The events of a range that a filter lets through.</summary>
    public IReadOnlyList<PlainEvent> In(PlainFilter filter, PlainRange? range) =>
        [.. Events.Where(happened => (range is null || range.Contains(happened.At)) && Passes(filter, happened.User) && filter.Passes(happened.Type))];

    private static PlainTask ToTask(IEnumerable<PlainEvent> events)
    {
        var (created, completed) = (First(ActivityTypes.TaskCreated), First(ActivityTypes.TaskCompleted));
        return new(created?.At, created?.User, completed?.At, completed?.User);

        PlainEvent? First(string type) =>
            events.Where(happened => happened.Type == type).OrderBy(happened => happened.At).ThenBy(happened => happened.User, Utf8Order.Instance).FirstOrDefault();
    }
}
