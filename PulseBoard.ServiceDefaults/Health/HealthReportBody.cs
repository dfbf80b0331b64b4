using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.ServiceDefaults.Health;

/// <summary>
/// What the health endpoints answer:
/// <c>{"status":"Degraded","checks":{"StackExchange.Redis":{"status":"Degraded","description":"…","duration_ms":1.2}}}</c>.
/// Of an exception nothing is told: anyone may ask.
/// </summary>
internal sealed record HealthReportBody(string Status, IReadOnlyDictionary<string, HealthReportBody.Check> Checks)
{
    private const int DurationDecimals = 1;

    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => Check.Of(entry.Value));

        return context.Response.WriteAsJsonAsync(new HealthReportBody(report.Status.ToString(), checks), context.RequestAborted);
    }

    internal sealed record Check(
        string Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
        double DurationMs)
    {
        public static Check Of(HealthReportEntry entry)
        {
            return new Check(entry.Status.ToString(), entry.Description, Math.Round(entry.Duration.TotalMilliseconds, DurationDecimals));
        }
    }
}
