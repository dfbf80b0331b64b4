using Microsoft.Extensions.Options;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>The days of the installation's reporting zone.</summary>
internal sealed class ReportingDays(IOptions<ReportingOptions> options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>The zone's IANA id, as configured.</summary>
    public string Zone => options.Value.TimeZone;

    /// <summary>The day on which a quarter hour begins.</summary>
    public DateOnly Of(int quarterHour) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(QuarterHour.Start(quarterHour), _zone).DateTime);
}
