using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Events;

/// <summary>Settings of the list of events.</summary>
internal sealed class EventOptions
{
    public const string SectionName = "Events";

    /// <summary>How long one page looks for its events. What is not found by then is on the pages that follow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan PageTime { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>About how many events one statement reads to find those that are meant: it looks at whole stretches of the table.</summary>
    [Range(100, 10_000_000)]
    public int StretchEvents { get; set; } = 20_000;
}
