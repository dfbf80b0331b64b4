namespace PulseBoard.Web.Reading;

/// <summary>Questions of which lists to choose from are made, asked the same everywhere, so that all share the answers.</summary>
internal static class Questions
{
    /// <summary>All teams.</summary>
    public const string Teams = "api/teams";

    /// <summary>The first people: who is not among them can be typed.</summary>
    public const string People = "api/people?limit=300";

    /// <summary>The types of the last days, the commonest first.</summary>
    public const string Types = "api/metrics/timeseries?by=type&limit=100&interval=month";
}
