using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Analytics.Recomputation;

/// <summary>Settings of the recomputation of rollups.</summary>
internal sealed class RecomputationOptions
{
    public const string SectionName = "Recomputation";

    /// <summary>Time between two looks for a request.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause between two days, in which the database is left to the others.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DayPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one day may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan DayTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a day is tried that fails for a reason of its own before the request is given up.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;
}
