namespace PulseBoard.Dashboard.Filtering;

/// <summary>What a question is about, read from a request's query: see <see cref="FilterReader"/>.</summary>
internal sealed class MetricsFilter
{
    /// <summary>The time asked about; null is all time, which only an endpoint has whose rules say so.</summary>
    public required TimeRange? Range { get; init; }

    /// <summary>The time to compare with, or null.</summary>
    public required TimeRange? Comparison { get; init; }

    /// <summary>People, any of whom it is about; distinct, in ordinal order. None is everybody.</summary>
    public required IReadOnlyList<string> Users { get; init; }

    /// <summary>Teams, any of which it is about; the empty text is people in no team. Distinct, in ordinal order. None is everybody.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>Types of event, any of which it is about; distinct, in ordinal order. None is every type.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>How long the buckets are.</summary>
    public required Interval Interval { get; init; }

    /// <summary>
    /// Names the filter: the same for two that mean the same, and another for two that do not. As long as the lists are; it holds
    /// people's names.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The same question about some people alone, all of whom the filter lets through.</summary>
    public MetricsFilter For(IReadOnlyList<string> users) =>
        new() { Range = Range, Comparison = Comparison, Users = users, Teams = [], Types = Types, Interval = Interval, Key = Key };

    /// <summary>The same question about one person, whom the filter may leave out.</summary>
    public MetricsFilter About(string user) =>
        new() { Range = Range, Comparison = Comparison, Users = [user], Teams = Teams, Types = Types, Interval = Interval, Key = Key };

    /// <summary>The same question about another time.</summary>
    public MetricsFilter Within(TimeRange range) =>
        new() { Range = range, Comparison = null, Users = Users, Teams = Teams, Types = Types, Interval = Interval, Key = Key };
}
