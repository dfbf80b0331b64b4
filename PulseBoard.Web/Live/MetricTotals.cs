using PulseBoard.Contracts;

namespace PulseBoard.Web.Live;

/// <summary>Sums over all people.</summary>
/// <param name="People">How many people have events.</param>
/// <param name="Events">Events of every type.</param>
/// <param name="TasksCreated">Tasks created.</param>
/// <param name="TasksCompleted">Tasks completed.</param>
public sealed record MetricTotals(long People, long Events, long TasksCreated, long TasksCompleted)
{
    /// <summary>The totals of nobody.</summary>
    public static readonly MetricTotals None = new(0, 0, 0, 0);

    /// <summary>Adds up.</summary>
    public static MetricTotals Of(IReadOnlyList<UserSummary> people)
    {
        var (events, created, completed) = (0L, 0L, 0L);

        foreach (var person in people)
        {
            events += person.TotalEvents;
            created += person.TotalTasksCreated;
            completed += person.TotalTasksCompleted;
        }

        return new(people.Count, events, created, completed);
    }
}
