namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>Who is called by a span, where that one sends no spans of its own.</summary>
internal static class SpanPeer
{
    // The most telling first.
    private static readonly string[] Names = ["peer.service", "db.system.name", "db.system", "messaging.system"];

    private static readonly (string Host, string Port)[] Addresses = [("server.address", "server.port"), ("net.peer.name", "net.peer.port")];

    public static string? Of(SpanRecord span)
    {
        if (span.Kind is not (SpanKind.Client or SpanKind.Producer))
        {
            return null;
        }

        foreach (var name in Names)
        {
            if (Value(span, name) is { } peer)
            {
                return peer;
            }
        }

        foreach (var (host, port) in Addresses)
        {
            if (Value(span, host) is { } peer)
            {
                return Value(span, port) is { } number ? $"{peer}:{number}" : peer;
            }
        }

        return null;
    }

    private static string? Value(SpanRecord span, string key)
    {
        foreach (var attribute in span.Attributes)
        {
            if (attribute.Key == key)
            {
                return attribute.Value;
            }
        }

        return null;
    }
}
