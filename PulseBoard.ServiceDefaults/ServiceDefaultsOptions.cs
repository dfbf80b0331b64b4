using System.ComponentModel.DataAnnotations;

namespace PulseBoard.ServiceDefaults;

/// <summary>What can be set about the defaults, bound from the section <see cref="SectionName"/>.</summary>
public sealed class ServiceDefaultsOptions
{
    /// <summary>The configuration section: <c>ServiceDefaults</c>.</summary>
    public const string SectionName = "ServiceDefaults";

    /// <summary>How long one health check may take before it counts as failed. 2 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HealthCheckTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the service may take to finish what it has begun, once it was asked to stop. 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
