namespace Aspire.Dashboard;

/// <summary>How the dashboard is served.</summary>
internal sealed class DashboardOptions
{
    /// <summary>What senders of telemetry have to name in <c>x-otlp-api-key</c>, or null: then nothing is asked.</summary>
    public string? OtlpApiKey { get; set; }
}
