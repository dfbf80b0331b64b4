using System.Diagnostics;
using System.Globalization;

namespace PulseBoard.Tests.Telemetry;

/// <summary>Reads the three export requests of OTLP, as far as the tests look at them. The numbers are those of its schema.</summary>
internal static class OtlpReader
{
    private const string ServiceName = "service.name";

    public static IEnumerable<ReceivedSpan> Spans(byte[] request) =>
        from part in Parts(request)
        let span = part.Item
        select new ReceivedSpan
        {
            Service = part.Service,
            Source = part.Scope,
            TraceId = Hex(span.Bytes(1)),
            SpanId = Hex(span.Bytes(2)),
            ParentId = Hex(span.Bytes(4)),
            Name = span.Text(5),
            // The wire has 0 for unspecified, then the kinds in the order of .NET's.
            Kind = (ActivityKind)(span.Number(6) - 1),
            Start = DateTime.UnixEpoch.AddTicks((long)span.Number(7) / TimeSpan.NanosecondsPerTick),
            Duration = TimeSpan.FromTicks((long)(span.Number(8) - span.Number(7)) / TimeSpan.NanosecondsPerTick),
            Attributes = Attributes(span.Messages(9)),
            Events = [.. span.Messages(11).Select(happened => new SpanEvent(happened.Text(2), Attributes(happened.Messages(3))))],
            Links = [.. span.Messages(13).Select(link => new SpanLink(Hex(link.Bytes(1)), Hex(link.Bytes(2))))],
            Status = (ActivityStatusCode)span.Message(15).Number(3),
        };

    public static IEnumerable<ReceivedMetric> Metrics(byte[] request) =>
        from part in Parts(request)
        let metric = part.Item
        select new ReceivedMetric(
            part.Service, part.Scope, metric.Text(1), metric.Text(3), metric.Text(2),
            [
                .. metric.Messages(5).Concat(metric.Messages(7)).SelectMany(data => data.Messages(1)).Select(NumberPoint),
                .. metric.Messages(9).SelectMany(data => data.Messages(1)).Select(point => new MetricPoint(Attributes(point.Messages(9)), point.Number(4))),
            ]);

    public static IEnumerable<ReceivedLog> Logs(byte[] request) =>
        from part in Parts(request)
        let record = part.Item
        select new ReceivedLog(
            part.Service, part.Scope, Hex(record.Bytes(9)), Hex(record.Bytes(10)), Value(record.Message(5)), Attributes(record.Messages(6)));

    public static IEnumerable<IReadOnlyDictionary<string, string>> Resources(byte[] request) =>
        new ProtoMessage(request).Messages(1).Select(resource => Attributes(resource.Message(1).Messages(1)));

    /// <summary>All three requests nest alike: resources, in them scopes, in them items.</summary>
    private static IEnumerable<(string Service, string Scope, ProtoMessage Item)> Parts(byte[] request) =>
        from resource in new ProtoMessage(request).Messages(1)
        let service = Attributes(resource.Message(1).Messages(1)).GetValueOrDefault(ServiceName, "")
        from scope in resource.Messages(2)
        let name = scope.Message(1).Text(1)
        from item in scope.Messages(2)
        select (service, name, item);

    private static MetricPoint NumberPoint(ProtoMessage point) =>
        new(Attributes(point.Messages(7)), point.Has(4) ? point.Double(4) : (long)point.Number(6));

    private static Dictionary<string, string> Attributes(IEnumerable<ProtoMessage> pairs)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            attributes[pair.Text(1)] = Value(pair.Message(2));
        }

        return attributes;
    }

    private static string Value(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? (value.Number(2) != 0).ToString()
        : value.Has(3) ? ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : value.Has(5) ? $"[{string.Join(", ", value.Message(5).Messages(1).Select(Value))}]"
        : "";

    private static string Hex(byte[] id) => Convert.ToHexStringLower(id);
}
