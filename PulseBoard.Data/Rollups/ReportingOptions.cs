using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Data.Rollups;

/// <summary>How the installation reports.</summary>
public sealed class ReportingOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Reporting";

    private const string Default = "UTC";

    /// <summary>
    /// The time zone (IANA id) in which days begin where nobody asks for another one; UTC where it is empty. Answers in it come fastest.
    /// </summary>
    public string TimeZone
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) ? Default : value;
    } = Default;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZones.Find(TimeZone) is null)
        {
            yield return new($"{SectionName}:{nameof(TimeZone)} must be the IANA id of a time zone with its capitals, such as Europe/Berlin.", [nameof(TimeZone)]);
        }
    }
}
