using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Migrator;

/// <summary>Settings of the migrator.</summary>
internal sealed class MigrationOptions
{
    public const string SectionName = "Migration";

    /// <summary>How long Postgres may take to come up before the migrator gives up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Time between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);
}
