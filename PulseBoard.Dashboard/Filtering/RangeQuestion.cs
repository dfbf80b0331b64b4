namespace PulseBoard.Dashboard.Filtering;

/// <summary>All that a range is resolved from.</summary>
/// <param name="Zone">The zone in which days begin.</param>
/// <param name="From">As the request gives it.</param>
/// <param name="To">As the request gives it.</param>
/// <param name="Today">The local day that it is; the default where the range does not depend on it.</param>
/// <param name="DefaultDays">How long the range is where the request gives neither end.</param>
internal readonly record struct RangeQuestion(TimeZoneInfo Zone, string? From, string? To, DateOnly Today, int DefaultDays)
{
    // By reference: there is one object for each name, and its own equality compares all its rules.
    public bool Equals(RangeQuestion other) =>
        ReferenceEquals(Zone, other.Zone)
        && string.Equals(From, other.From, StringComparison.Ordinal)
        && string.Equals(To, other.To, StringComparison.Ordinal)
        && Today == other.Today
        && DefaultDays == other.DefaultDays;

    public override int GetHashCode() =>
        HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Zone), From, To, Today, DefaultDays);
}
