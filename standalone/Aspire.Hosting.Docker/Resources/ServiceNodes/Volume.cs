using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>A volume: in a service, what its containers see of it; in the file, how it is made.</summary>
public sealed class Volume : NamedComposeMember
{
    /// <summary>In a service: <c>volume</c>, or <c>bind</c> for a folder of the host.</summary>
    public string? Type { get; set; }

    /// <summary>In a service: where its containers see it.</summary>
    public string? Target { get; set; }

    /// <summary>In a service: the volume's name, or the folder of the host.</summary>
    public string? Source { get; set; }

    /// <summary>In a service: whether its containers cannot write to it.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>In the file: the driver, such as <c>local</c>.</summary>
    public string? Driver { get; set; }

    /// <summary>In the file: the driver's options, by name.</summary>
    public Dictionary<string, string> DriverOpts { get; set; } = [];

    /// <summary>In the file: whether it exists already, made by someone else.</summary>
    public bool? External { get; set; }

    /// <summary>In the file: labels, by name.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];
}
