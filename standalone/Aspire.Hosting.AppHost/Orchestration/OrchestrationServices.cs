using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Standalone;

/// <summary>The services that run an application.</summary>
internal static class OrchestrationServices
{
    /// <summary>More than <see cref="Orchestrator"/> takes, so that it is the one who decides.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    public static void AddOrchestration(this IServiceCollection services, string appHostDirectory, bool isUnderTest)
    {
        services.AddSingleton(new StandaloneOptions(appHostDirectory));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<Orchestrator>()));
        services.AddSingleton<ResourceEnvironment>();
        services.AddSingleton<ProcessSpecFactory>();
        services.AddSingleton<Orchestrator>();
        services.AddHealthChecks();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        if (isUnderTest)
        {
            // The console belongs to the test runner, and so do the signals.
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IOutputSink>(provider => new LoggerSink(
                provider.GetRequiredService<ILoggerFactory>(),
                provider.GetRequiredService<IHostEnvironment>().ApplicationName));
            services.AddSingleton<IHostLifetime, PassiveLifetime>();
        }
        else
        {
            services.AddLogging(logging => logging.AddFilter(level => level >= LogLevel.Warning));
            services.AddSingleton<ConsoleOutput>();
            services.AddSingleton<IOutputSink>(provider => provider.GetRequiredService<ConsoleOutput>());
            services.AddSingleton<IHostLifetime, SignalLifetime>();
            services.AddHostedService<ConsoleReporter>();
        }

        // A check that fails while its resource starts is not news; the resource's state tells.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
    }
}
