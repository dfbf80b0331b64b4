using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Standalone;

/// <summary>The services that run an application.</summary>
internal static class OrchestrationServices
{
    /// <summary>
    /// More than all layers of an application take together: each process has a limit of its own, and one that is slow must not
    /// cost the servers behind it their orderly end.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

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

            // It logs a failed start with its stack trace, around the message that says what to do.
            services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
            services.AddSingleton<ConsoleOutput>();
            services.AddSingleton<IOutputSink>(provider => provider.GetRequiredService<ConsoleOutput>());
            services.AddSingleton<IHostLifetime, SignalLifetime>();
        }

        // A check that fails while its resource starts is not news; the resource's state tells.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
    }

    /// <summary>Has the host start the application, and tell people how it does.</summary>
    public static void AddRun(this IServiceCollection services, bool isUnderTest, bool hasDashboard)
    {
        if (hasDashboard)
        {
            services.AddSingleton<HostResourceSource>();
            services.AddSingleton<DashboardService>();
            services.AddHostedService(provider => provider.GetRequiredService<DashboardService>());
        }

        if (!isUnderTest)
        {
            services.AddHostedService<ConsoleReporter>();
        }

        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
    }
}
