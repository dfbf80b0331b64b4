using System.Diagnostics;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>What services do with spans.</summary>
public static class SpanExtensions
{
    /// <summary>Sets the span's status to Error, with <c>error.type</c> and the exception as an event.</summary>
    /// <param name="span">The span, or null when nobody listens.</param>
    /// <param name="exception">Why what the span stands for failed.</param>
    /// <param name="errorType">The kind of error where it is not the exception's own: see <see cref="TelemetryAttributes.ErrorType"/>.</param>
    public static void Fail(this Activity? span, Exception exception, string? errorType = null)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        span.SetStatus(ActivityStatusCode.Error, SafeExceptions.Message(exception));
        span.SetTag(TelemetryAttributes.ErrorType, errorType ?? SafeExceptions.ErrorType(exception));
        span.AddException(exception);
    }

    /// <summary>The value of <c>error.type</c> for an exception: the SQLSTATE where a database said one, else its type.</summary>
    /// <param name="exception">The exception.</param>
    public static string ErrorType(Exception exception) => SafeExceptions.ErrorType(exception);

    /// <summary>Leaves the span out of what is exported; its children follow where they are started later.</summary>
    /// <param name="span">The span, or null when nobody listens.</param>
    public static void Discard(this Activity? span)
    {
        if (span is not null)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span.IsAllDataRequested = false;
        }
    }

    /// <summary>
    /// Begins something that is not worth a trace, such as a look for work every second: what is called meanwhile would otherwise
    /// begin a trace of its own.
    /// </summary>
    /// <param name="name">What it is called.</param>
    /// <returns>Ends it when disposed.</returns>
    public static IDisposable StartUnrecorded(string name) => new Activity(name) { IsAllDataRequested = false }.Start();
}
