using System.Globalization;
using System.Text;

namespace PulseBoard.Tests.Telemetry;

/// <summary>A trace as a person reads it: one line for each span, below its parent.</summary>
internal static class TraceTree
{
    private static readonly string[] Shown =
    [
        "http.route", "http.response.status_code", "db.system.name", "db.namespace", "messaging.system",
        "messaging.destination.name", "messaging.operation", "messaging.operation.type", "error.type", "pulseboard.",
    ];

    public static string Render(IReadOnlyList<ReceivedSpan> spans)
    {
        var text = new StringBuilder();
        var ids = spans.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        foreach (var root in spans.Where(span => !ids.Contains(span.ParentId)))
        {
            Append(root, depth: 0);
        }

        return text.ToString();

        void Append(ReceivedSpan span, int depth)
        {
            var attributes = span.Attributes
                .Where(attribute => Shown.Any(name => attribute.Key.StartsWith(name, StringComparison.Ordinal)))
                .Select(attribute => $"{attribute.Key}={attribute.Value}");
            text.Append(' ', depth * 2)
                .Append(CultureInfo.InvariantCulture, $"{span.Service}: {span.Name} ({span.Kind}, {span.Duration.TotalMilliseconds:0.0} ms")
                .Append(span.Status == default ? ")" : $", {span.Status})")
                .Append(' ').AppendJoin(' ', attributes);
            foreach (var link in span.Links)
            {
                text.Append(CultureInfo.InvariantCulture, $" link→{link.TraceId[..8]}/{link.SpanId[..8]}");
            }

            foreach (var happened in span.Events)
            {
                text.Append(CultureInfo.InvariantCulture, $" !{happened.Name}:{happened.Attributes.GetValueOrDefault("exception.type")}");
            }

            text.AppendLine();
            foreach (var child in spans.Where(child => child.ParentId == span.SpanId))
            {
                Append(child, depth + 1);
            }
        }
    }
}
