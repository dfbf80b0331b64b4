namespace PulseBoard.Web.Live;

/// <summary>What is known of the APIs at one moment. Immutable, so that every circuit may read it without a lock.</summary>
public sealed record LiveSnapshot
{
    /// <summary>When the Dashboard's stream spoke last, in UTC: what pages show is not older, unless it says so. Null before the first time.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether what is shown is the present or the past.</summary>
    public required LiveState State { get; init; }

    /// <summary>When <see cref="State"/> began, in UTC.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Since when the Activity API accepts no events, in UTC; null while it does.</summary>
    public DateTimeOffset? ActivityAwaySince { get; init; }
}
