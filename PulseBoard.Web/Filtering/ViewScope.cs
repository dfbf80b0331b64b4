namespace PulseBoard.Web.Filtering;

/// <summary>Whom a page of one person or team is about.</summary>
/// <param name="User">The person; null for a team.</param>
/// <param name="Team">The team; null for a person. Empty is everybody without one.</param>
internal sealed record ViewScope(string? User, string? Team)
{
    /// <summary>The same filter, of nobody else.</summary>
    public ViewFilter Narrow(ViewFilter filter) => filter with
    {
        People = User is null ? filter.People : ValueList.Of([User]),
        Teams = Team is null ? ValueList.Empty : ValueList.Of([Team]),
    };
}
