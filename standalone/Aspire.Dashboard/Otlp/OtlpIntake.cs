using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Otlp.Reading;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>Takes exports in, whichever way they came. What is not usable of one is told to its sender.</summary>
internal sealed class OtlpIntake(TelemetryRepository telemetry, TelemetryLimits limits, TimeProvider time)
{
    private readonly LogReader _logs = new(limits, time);
    private readonly SpanReader _spans = new(limits);
    private readonly MetricReader _metrics = new(limits);

    public ExportLogsServiceResponse Take(ExportLogsServiceRequest request)
    {
        var entries = _logs.Read(request, out var skipped);
        telemetry.Logs.Add(entries, skipped);
        return new();
    }

    public ExportTraceServiceResponse Take(ExportTraceServiceRequest request)
    {
        var read = _spans.Read(request);
        telemetry.Traces.Add(read.Spans, read.NotRead);
        return read.Unusable == 0
            ? new()
            : new()
            {
                PartialSuccess = new()
                {
                    RejectedSpans = read.Unusable,
                    ErrorMessage = "A span needs a trace id of 16 bytes and a span id of 8 bytes, neither of them zero.",
                },
            };
    }

    public ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request)
    {
        var unusable = 0;
        foreach (var metrics in request.ResourceMetrics)
        {
            var (resource, instruments) = _metrics.Read(metrics, out var here);
            telemetry.Metrics.Add(resource, instruments, here);
            unusable += here;
        }

        return unusable == 0
            ? new()
            : new()
            {
                PartialSuccess = new()
                {
                    RejectedDataPoints = unusable,
                    ErrorMessage = "A point needs an instrument's name, a time, a value, and where it adds up a temporality and whole buckets.",
                },
            };
    }
}
