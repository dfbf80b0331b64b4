using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs, sent over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. Of traces each service begins
/// a hundred a second at most, unless <c>OTEL_TRACES_SAMPLER</c> says otherwise.
/// </summary>
internal static class TelemetryExtensions
{
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SamplerVariable = "OTEL_TRACES_SAMPLER";

    // More than anybody looks at; recording every request of a flood would cost a third of it.
    private const int TracesPerSecond = 100;

    private const string SuppressSpanAttributes = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    // RabbitMQ.Client.* is left out: its spans begin traces of their own beside MassTransit's.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "PulseBoard.*"];

    // Of ASP.NET Core's those that tell of requests. Its memory pools, routing, authentication and authorization count several times for
    // each request what these have once.
    private static readonly string[] Meters =
    [
        "System.Runtime",
        "System.Net.Http",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Components*",
        "MassTransit",
        "Npgsql",
        "PulseBoard.*",
    ];

    private static string Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddAttributes(
                [
                    new("service.version", Version),
                    new("deployment.environment.name", builder.Environment.EnvironmentName),
                ])
                // Once more, after the above: who runs the service has the last word, in OTEL_RESOURCE_ATTRIBUTES.
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(Sources))
            .WithMetrics(metrics => metrics.AddMeter(Meters));

        if (string.IsNullOrWhiteSpace(builder.Configuration[CollectorVariable]))
        {
            // Recording spans that nobody reads would cost every request; trace ids still pass from service to service. Meters
            // need nothing: without an exporter the SDK enables no instrument.
            telemetry.WithTracing(tracing => tracing.SetSampler<AlwaysOffSampler>());
            return;
        }

        if (string.IsNullOrWhiteSpace(builder.Configuration[SamplerVariable]))
        {
            telemetry.WithTracing(tracing => tracing.SetSampler(new ParentBasedSampler(new TraceBudget(TimeProvider.System, TracesPerSecond))));
        }

        // ASP.NET Core 10 leaves a server span without attributes unless told otherwise, before the server starts.
        if (!AppContext.TryGetSwitch(SuppressSpanAttributes, out _))
        {
            AppContext.SetSwitch(SuppressSpanAttributes, false);
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;

            // The server's scope has the request's path, which may name a person. Trace and span are in each record anyway.
            logging.IncludeScopes = false;
        });
        SafeExceptions.Enforce();
        telemetry.WithTracing(tracing => tracing.AddProcessor<SafeAddresses>());
        builder.Services.AddTransient<IStartupFilter, ServerSpanStartupFilter>();
        telemetry.UseOtlpExporter();
    }
}
