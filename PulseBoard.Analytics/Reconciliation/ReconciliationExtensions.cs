using PulseBoard.ServiceDefaults;

namespace PulseBoard.Analytics.Reconciliation;

/// <summary>Registers the check of rollups.</summary>
internal static class ReconciliationExtensions
{
    public static void AddReconciliation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ReconciliationOptions>(ReconciliationOptions.SectionName);
        builder.Services.AddSingleton<ReconciliationStore>();
        builder.Services.AddHostedService<Reconciler>();
    }
}
