using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Telemetry.Logs;

namespace Aspire.Dashboard.Otlp.Reading;

/// <summary>Log records as they are kept, from those of an export.</summary>
internal sealed class LogReader(TelemetryLimits limits, TimeProvider time)
{
    private const string Template = "{OriginalFormat}";
    private const string ExceptionType = "exception.type";
    private const string ExceptionMessage = "exception.message";
    private const string ExceptionStack = "exception.stacktrace";

    private static readonly string[] EventNames = ["logrecord.event.name", "event.name"];

    // Older exporters name the category here and leave the scope empty.
    private const string Category = "dotnet.ilogger.category";

    private readonly ItemReader _items = new(limits);

    /// <summary>Reads an export.</summary>
    /// <param name="request">The export.</param>
    /// <param name="skipped">How many of the first records were passed over: those that the rest of them would push out at once.</param>
    public List<LogEntry> Read(ExportLogsServiceRequest request, out int skipped)
    {
        var count = request.ResourceLogs.Sum(logs => logs.ScopeLogs.Sum(scope => scope.LogRecords.Count));
        var entries = new List<LogEntry>(Math.Min(count, limits.Logs));
        skipped = Math.Max(0, count - limits.Logs);
        var passing = skipped;
        foreach (var logs in request.ResourceLogs)
        {
            var resource = _items.Resource(logs.Resource);
            foreach (var scopeLogs in logs.ScopeLogs)
            {
                var scope = _items.Scope(scopeLogs.Scope);
                foreach (var record in scopeLogs.LogRecords)
                {
                    if (passing > 0)
                    {
                        passing--;
                    }
                    else
                    {
                        entries.Add(Entry(record, resource, scope));
                    }
                }
            }
        }

        return entries;
    }

    private LogEntry Entry(LogRecord record, TelemetryResource resource, TelemetryScope scope)
    {
        var attributes = _items.Attributes(record.Attributes);
        var type = ItemReader.Value(attributes, ExceptionType);
        var message = ItemReader.Value(attributes, ExceptionMessage);
        var stack = ItemReader.Value(attributes, ExceptionStack);
        return new()
        {
            At = Moment(record),
            Resource = resource,
            Scope = scope.Name.Length == 0 && ItemReader.Value(attributes, Category) is { } category ? scope with { Name = category } : scope,
            Level = LogSeverity.FromWire(record.SeverityNumber, record.SeverityText),
            Message = _items.Text(AnyValueText.Of(record.Body)),
            TraceId = ItemReader.TraceId(record.TraceId),
            SpanId = ItemReader.SpanId(record.SpanId),
            Attributes = Array.Exists(attributes, IsToldApart) ? Array.FindAll(attributes, attribute => !IsToldApart(attribute)) : attributes,
            Exception = type is null && message is null && stack is null ? null : new(type, message, stack),
            Event = record.EventName.Length > 0
                ? _items.Text(record.EventName)
                : EventNames.Select(name => ItemReader.Value(attributes, name)).FirstOrDefault(name => name is not null),
            Template = ItemReader.Value(attributes, Template),
        };
    }

    private long Moment(LogRecord record) =>
        record.TimeUnixNano > 0 ? Moments.FromWire(record.TimeUnixNano)
        : record.ObservedTimeUnixNano > 0 ? Moments.FromWire(record.ObservedTimeUnixNano)
        : Moments.Now(time);

    private static bool IsToldApart(TelemetryAttribute attribute) =>
        attribute.Key is Template or ExceptionType or ExceptionMessage or ExceptionStack;
}
