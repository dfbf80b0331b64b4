using PulseBoard.Data.Rollups;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Analytics.Compaction;

/// <summary>Registers compaction.</summary>
internal static class CompactionExtensions
{
    public static void AddCompaction(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<CompactionOptions>(CompactionOptions.SectionName);
        builder.Services.AddValidatedOptions<ReportingOptions>(ReportingOptions.SectionName);
        builder.Services.AddSingleton<ReportingDays>();
        builder.Services.AddSingleton<DerivedRollups>();
        builder.Services.AddSingleton<CompactionStore>();
        builder.Services.AddSingleton<Compactor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Compactor>());
    }
}
