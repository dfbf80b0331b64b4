using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Data.Rollups;

/// <summary>How the installation reports.</summary>
public sealed class ReportingOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Reporting";

    /// <summary>The time zone (IANA id) in which days begin where nobody asks for another one. Answers in it come fastest.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZones.Find(TimeZone) is null)
        {
            yield return new($"{SectionName}:{nameof(TimeZone)} must be the IANA id of a time zone with its capitals, such as Europe/Berlin.", [nameof(TimeZone)]);
        }
    }
}
