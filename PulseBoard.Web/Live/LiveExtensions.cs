using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using PulseBoard.Web.Access;
using PulseBoard.Web.Components.Live;
using PulseBoard.Web.Reading;

namespace PulseBoard.Web.Live;

/// <summary>Registers what follows the two APIs.</summary>
internal static class LiveExtensions
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        services.AddValidatedOptions<LiveOptions>(LiveOptions.SectionName);
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton(provider =>
        {
            var client = ApiClients.Create(provider.GetRequiredService<ServiceAddresses>().Dashboard);
            client.DefaultRequestHeaders.Authorization = provider.GetRequiredService<IOptions<AccessOptions>>().Value.ReadKey is { Length: > 0 } key
                ? new("Bearer", key)
                : null;
            return new DashboardClient(client);
        });
        services.AddSingleton<LiveAnswers>();
        services.AddScoped<RenderRounds>();
        services.AddHostedService<StreamFollower>();
        services.AddHostedService(provider =>
        {
            // A probe every few seconds is no part of any trace.
            var client = ApiClients.Create(provider.GetRequiredService<ServiceAddresses>().Activity, isTraced: false);
            return ActivatorUtilities.CreateInstance<ActivityProbe>(provider, client);
        });

        services.AddHealthChecks()
            .AddCheck<DashboardHealthCheck>("dashboard")
            .AddCheck<ActivityHealthCheck>("activity");
    }
}
