using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Migrator;

/// <summary>Settings of the migrator.</summary>
internal sealed class MigrationOptions
{
    public const string SectionName = "Migration";

    /// <summary>
    /// How long Postgres may take to come up, or readers may keep it from altering a table, before the migrator gives up. The time
    /// that a migration runs is no part of it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one statement of a migration may take: an index on a large table takes minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);
}
