namespace PulseBoard.Dashboard.Filtering;

/// <summary>The parameters that every question has.</summary>
internal static class FilterParameters
{
    public const string From = "from";
    public const string To = "to";
    public const string Zone = "tz";
    public const string User = "user";
    public const string Team = "team";
    public const string Type = "type";
    public const string Interval = "interval";
    public const string Comparison = "compare";

    public static IReadOnlyList<string> All { get; } = [From, To, Zone, User, Team, Type, Interval, Comparison];
}
