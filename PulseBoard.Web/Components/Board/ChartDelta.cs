using PulseBoard.Contracts;

namespace PulseBoard.Web.Components.Board;

/// <summary>What a chart that shows one list of people needs to show the next. charts/people.js applies it.</summary>
/// <param name="Users">Everybody shown, in order; null where nobody moved, came or went.</param>
/// <param name="Changed">For each person whose figures are new: index in the order, events, created, completed.</param>
public sealed record ChartDelta(IReadOnlyList<string>? Users, IReadOnlyList<long[]> Changed)
{
    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Users is null && Changed.Count == 0;

    /// <summary>The difference between what the browser shows and what it should show.</summary>
    public static ChartDelta Between(IReadOnlyList<UserSummary> shown, IReadOnlyList<UserSummary> next)
    {
        var before = shown.ToDictionary(person => person.UserId, StringComparer.Ordinal);
        var changed = new List<long[]>();

        for (var index = 0; index < next.Count; index++)
        {
            var person = next[index];

            if (!before.TryGetValue(person.UserId, out var old) || old != person)
            {
                changed.Add([index, person.TotalEvents, person.TotalTasksCreated, person.TotalTasksCompleted]);
            }
        }

        var sameOrder = shown.Select(person => person.UserId).SequenceEqual(next.Select(person => person.UserId), StringComparer.Ordinal);
        return new(sameOrder ? null : [.. next.Select(person => person.UserId)], changed);
    }
}
