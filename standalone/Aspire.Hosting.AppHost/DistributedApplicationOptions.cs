namespace Aspire.Hosting;

/// <summary>How a host is set up.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line; it is part of the configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>The name of the assembly that holds the host; by default the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether the application runs without its dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The folder of the host's project; by default where the build says it lies.</summary>
    public string? ProjectDirectory { get; set; }
}
