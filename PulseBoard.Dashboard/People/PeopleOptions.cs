using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.People;

/// <summary>Settings of writing people and teams.</summary>
internal sealed class PeopleOptions
{
    public const string SectionName = "People";

    /// <summary>How long a write waits, once it is committed, until Redis knows of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan NoticePatience { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long Redis has for a notice that is told again, when nobody waits for it any more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan NoticeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a notice that failed is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan NoticeRetryPause { get; set; } = TimeSpan.FromMilliseconds(500);
}
