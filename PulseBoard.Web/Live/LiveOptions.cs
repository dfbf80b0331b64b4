using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Web.Live;

/// <summary>How closely the page follows the APIs. The defaults fit the Dashboard's stream.</summary>
internal sealed class LiveOptions
{
    public const string SectionName = "Live";

    /// <summary>A stream that says nothing for this long, about three of the Dashboard's heartbeats, counts as lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two answers to one question, however many changes are announced.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// From how many pages on a question is asked not as soon as it may, but together with all others: then it is the pages' renderings
    /// that cost, and what is answered together is rendered together.
    /// </summary>
    [Range(1, 100_000)]
    public int Crowd { get; set; } = 50;

    /// <summary>How far apart these moments are.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CrowdInterval { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long an answer waits at most for others that were asked for at the same time, to be shown with them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan LongestWave { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a page waits for more that is to be rendered anew, once something is.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan GatherInterval { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>How long an answer is kept current that nobody looks at any more: a page comes to life a moment after its first rendering.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one answer may take.</summary>
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
