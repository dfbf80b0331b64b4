namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A network that joins services.</summary>
public sealed class Network : NamedComposeMember
{
    /// <summary>The driver, such as <c>bridge</c>.</summary>
    public string? Driver { get; set; }

    /// <summary>Whether it exists already, made by someone else.</summary>
    public bool? External { get; set; }

    /// <summary>Labels, by name.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>Whether it has no way to the outside.</summary>
    public bool? Internal { get; set; }
}
