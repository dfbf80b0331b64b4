using PulseBoard.Contracts;

namespace PulseBoard.Web.Live;

/// <summary>What the pages show at one moment. Immutable, so that every circuit may read it without a lock.</summary>
public sealed record LiveSnapshot
{
    /// <summary>Everybody, most events first; null until the Dashboard has answered for the first time.</summary>
    public IReadOnlyList<UserSummary>? People { get; init; }

    /// <summary>When <see cref="People"/> was asked for, in UTC: nothing older than this is missing from it.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Whether this is the present or the past.</summary>
    public required LiveState State { get; init; }

    /// <summary>When <see cref="State"/> began, in UTC.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Since when the Activity API accepts no events, in UTC; null while it does.</summary>
    public DateTimeOffset? ActivityAwaySince { get; init; }

    /// <summary>Sums over <see cref="People"/>.</summary>
    public MetricTotals Totals { get; init; } = MetricTotals.None;
}
