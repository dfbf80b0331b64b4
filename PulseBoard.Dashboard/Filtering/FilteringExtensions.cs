using PulseBoard.Data.Rollups;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>Registers what reads the filter.</summary>
internal static class FilteringExtensions
{
    public static void AddFiltering(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ReportingOptions>(ReportingOptions.SectionName);
        builder.Services.AddSingleton<FilterReader>();
    }
}
