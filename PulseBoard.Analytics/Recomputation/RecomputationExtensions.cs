using PulseBoard.ServiceDefaults;

namespace PulseBoard.Analytics.Recomputation;

/// <summary>Registers recomputing.</summary>
internal static class RecomputationExtensions
{
    public static void AddRecomputation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<RecomputationOptions>(RecomputationOptions.SectionName);
        builder.Services.AddSingleton<RecomputationStore>();
        builder.Services.AddHostedService<Recomputer>();
    }
}
