using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Web.Live;

/// <summary>How closely the page follows the APIs. The defaults fit the Dashboard's stream.</summary>
internal sealed class LiveOptions
{
    public const string SectionName = "Live";

    /// <summary>A stream that says nothing for this long, about three of the Dashboard's heartbeats, counts as lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two readings of the summary, however many changes are announced.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The same while no page is open: how old a page may be in the moment in which it opens.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan UnwatchedInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one reading of the summary may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RefreshTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the first new attempt; each further wait is about twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two attempts, and so about the longest that a recovery stays unnoticed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the Activity API is asked for its health.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ActivityProbeInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long its answer may take: longer than its own limit for a check, 2 s by default, so that one that runs into that limit
    /// and leaves it degraded does not count as an API that is away.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ActivityProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
