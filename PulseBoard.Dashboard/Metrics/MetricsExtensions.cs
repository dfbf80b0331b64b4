namespace PulseBoard.Dashboard.Metrics;

/// <summary>Registers the questions that the read API answers.</summary>
internal static class MetricsExtensions
{
    public static void AddMetrics(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<SummaryQuery>();
}
