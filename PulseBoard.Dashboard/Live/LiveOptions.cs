using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Live;

/// <summary>Settings of the live stream.</summary>
internal sealed class LiveOptions
{
    public const string SectionName = "Live";

    /// <summary>Time between two heartbeats of a stream on which nothing else happens.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at the metrics version, for notices that were lost and while Redis is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long Redis has for one command.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromSeconds(1);
}
