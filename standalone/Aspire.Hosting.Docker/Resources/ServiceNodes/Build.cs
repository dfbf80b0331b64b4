namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>How an image is built.</summary>
public sealed class Build
{
    /// <summary>The folder that the build sees, relative to the compose file.</summary>
    public string? Context { get; set; }

    /// <summary>The Dockerfile, relative to the context.</summary>
    public string? Dockerfile { get; set; }

    /// <summary>Arguments of the Dockerfile, by name.</summary>
    public Dictionary<string, string> Args { get; set; } = [];

    /// <summary>The stage that the image is made from; null: the last.</summary>
    public string? Target { get; set; }

    /// <summary>Images whose layers the build may take over.</summary>
    public List<string> CacheFrom { get; set; } = [];

    /// <summary>Labels of the image, by name.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];
}
