namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>Where the output of containers goes.</summary>
public sealed class Logging
{
    /// <summary>The driver, such as <c>json-file</c>.</summary>
    public string? Driver { get; set; }

    /// <summary>The driver's options, by name.</summary>
    public Dictionary<string, string> Options { get; set; } = [];
}
