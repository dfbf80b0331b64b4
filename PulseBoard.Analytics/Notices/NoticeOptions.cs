using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Analytics.Notices;

/// <summary>Settings of the notices that metrics changed.</summary>
internal sealed class NoticeOptions
{
    public const string SectionName = "Notices";

    /// <summary>Shortest time between two notices: at most five a second, whatever the load.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long Redis has for one command.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a notice that failed is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);
}
