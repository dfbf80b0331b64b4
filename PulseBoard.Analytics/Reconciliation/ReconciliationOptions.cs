using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Analytics.Reconciliation;

/// <summary>Settings of the check of rollups against events.</summary>
internal sealed class ReconciliationOptions : IValidatableObject
{
    public const string SectionName = "Reconciliation";

    /// <summary>How long after the start the first check comes: a worker that has just started has better things to do.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FirstAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two checks of the days that change.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two checks of all days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan FullInterval { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Pause between two statements of a check, in which the database is left to the others.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one statement of a check may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the results of checks are kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keep < FullInterval)
        {
            yield return new(
                $"{SectionName}:{nameof(Keep)} must be at least {nameof(FullInterval)}: a check of all days that is forgotten is done again.", [nameof(Keep)]);
        }
    }
}
