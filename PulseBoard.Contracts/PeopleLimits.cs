namespace PulseBoard.Contracts;

/// <summary>Limits of what people and teams are called. Those of a person's own name are in <see cref="EventLimits"/>.</summary>
public static class PeopleLimits
{
    /// <summary>Characters in a team's key; the width of the column.</summary>
    public const int TeamLength = 100;

    /// <summary>Characters in a display name; the width of the column.</summary>
    public const int DisplayNameLength = 200;
}
