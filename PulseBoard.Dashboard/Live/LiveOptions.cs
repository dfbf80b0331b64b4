using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Live;

/// <summary>Settings of the live stream.</summary>
internal sealed class LiveOptions
{
    public const string SectionName = "Live";

    /// <summary>After how long a time without a change the streams say that they are alive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many streams are open at most: each takes some 20 KB, and a share of every notice's time.</summary>
    [Range(1, 1_000_000)]
    public int MaximumListeners { get; set; } = 10_000;

    /// <summary>How long a listener may leave unread what is sent to it, once the buffers on the way are full. Then it is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a listener whose stream ended is to come back, and one that was refused.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many of the last changes are remembered for listeners that come back and for slow ones: at five a second, those of the
    /// last minutes at least. Who missed more is told that everything may have changed.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RememberedChanges { get; set; } = 1_000;

    /// <summary>Time between two looks at the metrics version, for notices that were lost and while Redis is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the notice of a version may be under way before it counts as lost. It says what changed, unlike the version.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan NoticePatience { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long Redis has for one command.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromSeconds(1);
}
