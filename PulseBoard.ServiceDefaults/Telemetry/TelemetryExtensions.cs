using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs, sent over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.</summary>
internal static class TelemetryExtensions
{
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SuppressSpanAttributes = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    // RabbitMQ.Client.* is left out: its spans begin traces of their own beside MassTransit's.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "PulseBoard.*"];

    private static readonly string[] Meters =
    [
        "System.Runtime",
        "System.Net.Http",
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel",
        "MassTransit",
        "Npgsql",
        "PulseBoard.*",
    ];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(Sources))
            .WithMetrics(metrics => metrics.AddMeter(Meters));

        if (string.IsNullOrWhiteSpace(builder.Configuration[CollectorVariable]))
        {
            // Recording spans that nobody reads would cost every request; trace ids still pass from service to service.
            telemetry.WithTracing(tracing => tracing.SetSampler<AlwaysOffSampler>());
            return;
        }

        // ASP.NET Core 10 leaves a server span without attributes unless told otherwise, before the server starts.
        if (!AppContext.TryGetSwitch(SuppressSpanAttributes, out _))
        {
            AppContext.SetSwitch(SuppressSpanAttributes, false);
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddTransient<IStartupFilter, ServerSpanStartupFilter>();
        telemetry.UseOtlpExporter();
    }
}
