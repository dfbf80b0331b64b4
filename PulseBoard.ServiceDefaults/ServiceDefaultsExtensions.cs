using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Errors;
using PulseBoard.ServiceDefaults.Health;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.ServiceDefaults;

/// <summary>What every service gets: telemetry, health, problem details, JSON and a graceful end.</summary>
public static class ServiceDefaultsExtensions
{
    private const int LongestRequestLine = 128 * 1024;

    private static readonly Dictionary<string, string?> QuietLogging = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = nameof(LogLevel.Warning),

        // Each look at /health during an outage would log the same stack trace; the answer itself says what is away.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.None),
    };

    /// <summary>Adds the defaults to a service. Settings: <see cref="ServiceDefaultsOptions"/>.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddValidatedOptions<ServiceDefaultsOptions>(ServiceDefaultsOptions.SectionName);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IConfigureOptions<HostOptions>, ConfigureShutdown>();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A filter may name a thousand people, and what is too long is answered by Kestrel itself, without a word.
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });

        // One short line per event: whoever runs the service (the AppHost, a container runtime) adds name and time.
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.IncludeScopes = false;
            console.UseUtcTimestamp = true;
        });

        // Several lines per request, and the text of each SQL command, are for the day one looks for something: a setting
        // such as Logging__LogLevel__Microsoft.AspNetCore=Information turns them on.
        // First among the sources, so that every other one wins.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogging });

        builder.AddTelemetry();
        builder.Services.AddHealth();
        builder.Services.AddProblems();

        return builder;
    }

    /// <summary>
    /// Answers every error with problem details (<see cref="Problems"/>): exceptions that nothing else handled, and error
    /// statuses without a body. Comes first in the pipeline.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <returns>The same service.</returns>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        return app;
    }

    /// <summary>Maps <c>/alive</c> and <c>/health</c>, in every environment.</summary>
    /// <param name="app">The service.</param>
    /// <returns>The same service.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();

        return app;
    }

    private sealed class ConfigureShutdown(IOptions<ServiceDefaultsOptions> defaults) : IConfigureOptions<HostOptions>
    {
        public void Configure(HostOptions options)
        {
            options.ShutdownTimeout = defaults.Value.ShutdownTimeout;
        }
    }
}
