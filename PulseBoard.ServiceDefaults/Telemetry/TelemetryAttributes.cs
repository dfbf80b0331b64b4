namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Names of attributes that several services set, on spans and metrics alike. Those without a prefix are OpenTelemetry's semantic
/// conventions. None of them carries what a client sent, other than an event's id.
/// </summary>
public static class TelemetryAttributes
{
    /// <summary>The kind of error: an exception's type, an SQLSTATE, or one of the API's codes; absent on success.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The messaging system's name.</summary>
    public const string MessagingSystem = "messaging.system";

    /// <summary>Where a message is sent to, or came from.</summary>
    public const string MessagingDestination = "messaging.destination.name";

    /// <summary>What is done with a message, in the system's own word.</summary>
    public const string MessagingOperation = "messaging.operation.name";

    /// <summary>What is done with a message, in the conventions' word.</summary>
    public const string MessagingOperationType = "messaging.operation.type";

    /// <summary>The id of one event, on the span of its request.</summary>
    public const string EventId = "pulseboard.event.id";

    /// <summary>The id of one batch.</summary>
    public const string BatchId = "pulseboard.batch.id";

    /// <summary>How many events a batch has.</summary>
    public const string BatchSize = "pulseboard.batch.size";

    /// <summary>How many batches one rollup counts together.</summary>
    public const string GroupSize = "pulseboard.group.size";

    /// <summary>How many events those batches have that a rollup counted.</summary>
    public const string GroupEvents = "pulseboard.group.events";

    /// <summary>At which attempt something succeeded or was given up; absent where it was the first.</summary>
    public const string Attempt = "pulseboard.attempt";

    /// <summary>What became of an event or a batch.</summary>
    public const string Outcome = "pulseboard.outcome";

    /// <summary>The metrics version.</summary>
    public const string MetricsVersion = "pulseboard.metrics.version";
}
