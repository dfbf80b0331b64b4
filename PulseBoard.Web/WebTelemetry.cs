using System.Diagnostics.Metrics;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Web;

/// <summary>
/// Metrics of this service. How many requests are forwarded, and how long they take, is in ASP.NET's and the HTTP client's own
/// metrics; which of them an API did not answer is not.
/// </summary>
internal sealed class WebTelemetry(IMeterFactory meters)
{
    private readonly Counter<long> _forwardFailures = meters.Create("PulseBoard.Web").CreateCounter<long>(
        "pulseboard.forward.failures", "{request}", "Forwarded requests that an API did not answer, or not to the end.");

    /// <summary>An API did not answer.</summary>
    /// <param name="api">Its name.</param>
    /// <param name="exception">Why.</param>
    public void ForwardFailed(string api, Exception exception) => _forwardFailures.Add(
        1, new("pulseboard.forward.api", api), new(TelemetryAttributes.ErrorType, SpanExtensions.ErrorType(exception)));
}
