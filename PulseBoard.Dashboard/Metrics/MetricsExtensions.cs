namespace PulseBoard.Dashboard.Metrics;

/// <summary>Registers the questions that the read API answers.</summary>
internal static class MetricsExtensions
{
    public static void AddMetrics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SummaryQuery>();
        builder.Services.AddSingleton<TotalsQuery>();
        builder.Services.AddSingleton<TimeSeriesQuery>();
        builder.Services.AddSingleton<HeatmapQuery>();
        builder.Services.AddSingleton<CalendarQuery>();
        builder.Services.AddSingleton<LeaderboardQuery>();
        builder.Services.AddSingleton<CycleTimeQuery>();
        builder.Services.AddSingleton<PersonQuery>();
    }
}
