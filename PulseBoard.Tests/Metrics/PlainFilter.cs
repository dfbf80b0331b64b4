namespace PulseBoard.Tests.Metrics;

/// <summary>What a question is about.</summary>
internal sealed record PlainFilter
{
    public required PlainZone Zone { get; init; }

    /// <summary>Null is all time.</summary>
    public required PlainRange? Range { get; init; }

    public PlainRange? Comparison { get; init; }

    public string Interval { get; init; } = "day";

    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>An empty one is people in no team.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<string> Types { get; init; } = [];

    public bool Passes(string type) => Types.Count == 0 || Types.Contains(type);
}
