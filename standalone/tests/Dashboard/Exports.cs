using System.Buffers.Binary;
using Aspire.Dashboard.Otlp.Protocol;
using Google.Protobuf;
using WireSpan = Aspire.Dashboard.Otlp.Protocol.Span;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>Exports as services send them. Moments are seconds from <see cref="DashboardReceiver.Now"/>.</summary>
internal static class Exports
{
    public const string Meter = "PulseBoard.Test";

    public static ulong At(double seconds) =>
        (ulong)(DashboardReceiver.Now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick + (ulong)(long)(seconds * 1e9);

    public static double Milliseconds(double seconds) => At(seconds) / 1e6;

    public static ByteString TraceId(int number)
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), number);
        return ByteString.CopyFrom(id);
    }

    public static ByteString SpanId(int number)
    {
        var id = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(4), number);
        return ByteString.CopyFrom(id);
    }

    public static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    public static KeyValue Pair(string key, string value) => new() { Key = key, Value = new() { StringValue = value } };

    public static Resource Resource(string service, string? instance = null)
    {
        var resource = new Resource { Attributes = { Pair("service.name", service) } };
        if (instance is not null)
        {
            resource.Attributes.Add(Pair("service.instance.id", instance));
        }

        return resource;
    }

    public static ExportLogsServiceRequest Logs(string service, params LogRecord[] records) => new()
    {
        ResourceLogs =
        {
            new ResourceLogs
            {
                Resource = Resource(service, $"{service}-1"),
                ScopeLogs = { new ScopeLogs { Scope = new() { Name = "Test.Category" }, LogRecords = { records } } },
            },
        },
    };

    public static LogRecord Log(string message, double at = 0, int severity = 9, params KeyValue[] attributes) => new()
    {
        TimeUnixNano = At(at),
        SeverityNumber = severity,
        Body = new() { StringValue = message },
        Attributes = { attributes },
    };

    public static ExportTraceServiceRequest Spans(string service, params WireSpan[] spans) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = Resource(service, $"{service}-1"),
                ScopeSpans = { new ScopeSpans { Scope = new() { Name = "Test.Source" }, Spans = { spans } } },
            },
        },
    };

    public static WireSpan SpanOf(int trace, int id, int parent = 0, string name = "work", double start = 0, double seconds = 1) => new()
    {
        TraceId = TraceId(trace),
        SpanId = SpanId(id),
        ParentSpanId = parent == 0 ? ByteString.Empty : SpanId(parent),
        Name = name,
        StartTimeUnixNano = At(start),
        EndTimeUnixNano = At(start + seconds),
    };

    public static ExportMetricsServiceRequest Metrics(string service, params Metric[] metrics) => Metrics(service, $"{service}-1", metrics);

    public static ExportMetricsServiceRequest Metrics(string service, string instance, Metric[] metrics) => new()
    {
        ResourceMetrics =
        {
            new ResourceMetrics
            {
                Resource = Resource(service, instance),
                ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = Meter }, Metrics = { metrics } } },
            },
        },
    };

    public static Metric Gauge(string name, params NumberDataPoint[] points) => new() { Name = name, Gauge = new() { DataPoints = { points } } };

    public static Metric Counter(string name, params NumberDataPoint[] points) =>
        Sum(name, AggregationTemporality.Cumulative, isMonotonic: true, points);

    public static Metric Sum(string name, AggregationTemporality temporality, bool isMonotonic, params NumberDataPoint[] points) => new()
    {
        Name = name,
        Unit = "{things}",
        Description = "Things.",
        Sum = new() { AggregationTemporality = temporality, IsMonotonic = isMonotonic, DataPoints = { points } },
    };

    public static NumberDataPoint Point(double at, double value, double start = -600, params KeyValue[] attributes) => new()
    {
        StartTimeUnixNano = At(start),
        TimeUnixNano = At(at),
        AsDouble = value,
        Attributes = { attributes },
    };

    public static Metric Histogram(string name, AggregationTemporality temporality, params HistogramDataPoint[] points) => new()
    {
        Name = name,
        Histogram = new() { AggregationTemporality = temporality, DataPoints = { points } },
    };

    public static HistogramDataPoint Buckets(double at, double[] bounds, params ulong[] counts) => new()
    {
        StartTimeUnixNano = At(-600),
        TimeUnixNano = At(at),
        Count = counts.Aggregate((sum, count) => sum + count),
        ExplicitBounds = { bounds },
        BucketCounts = { counts },
    };
}
