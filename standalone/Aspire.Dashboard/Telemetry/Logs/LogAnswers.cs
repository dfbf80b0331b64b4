namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>A page of log records.</summary>
internal sealed record LogPage(long Version, int Total, IEnumerable<LogRow> Logs);

/// <summary>A log record in a list.</summary>
internal record LogRow
{
    public LogRow(LogEntry entry)
    {
        Id = entry.Id;
        At = Moments.ToMilliseconds(entry.At);
        Resource = entry.Resource.Name;
        Instance = entry.Resource.Instance;
        Level = LogSeverity.Name(entry.Level);
        Category = entry.Scope.Name;
        Message = entry.Message;
        Trace = TelemetryIds.HexOrNull(entry.TraceId);
        Span = TelemetryIds.HexOrNull(entry.SpanId);
        HasException = entry.Exception is not null;
    }

    public long Id { get; }

    public double At { get; }

    public string Resource { get; }

    public string? Instance { get; }

    public string Level { get; }

    public string Category { get; }

    public string Message { get; }

    public string? Trace { get; }

    public string? Span { get; }

    public bool HasException { get; }
}

/// <summary>A log record with all that is known of it.</summary>
internal sealed record LogDetail : LogRow
{
    public LogDetail(LogEntry entry)
        : base(entry)
    {
        Attributes = entry.Attributes;
        ResourceAttributes = entry.Resource.Attributes;
        ScopeAttributes = entry.Scope.Attributes;
        Exception = entry.Exception;
        Event = entry.Event;
        Template = entry.Template;
    }

    public TelemetryAttribute[] Attributes { get; }

    public TelemetryAttribute[] ResourceAttributes { get; }

    public TelemetryAttribute[] ScopeAttributes { get; }

    public LogException? Exception { get; }

    public string? Event { get; }

    public string? Template { get; }
}
