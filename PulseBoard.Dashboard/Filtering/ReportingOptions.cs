using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>Settings of what all answers have in common.</summary>
internal sealed class ReportingOptions : IValidatableObject
{
    public const string SectionName = "Reporting";

    /// <summary>The time zone in which days begin for a question that names none: an IANA name.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZones.Find(TimeZone) is null)
        {
            yield return new($"{SectionName}:{nameof(TimeZone)} must be a time zone of the IANA database, such as Europe/Berlin, with its capitals.", [nameof(TimeZone)]);
        }
    }
}
