namespace PulseBoard.Web.Filtering;

/// <summary>Registers what pages are about.</summary>
internal static class FilteringExtensions
{
    public static void AddFiltering(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReportingClock>();
        builder.Services.AddScoped<View>();
    }
}
