using YamlDotNet.Serialization;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A part of a compose file that is found by its name.</summary>
public abstract class NamedComposeMember
{
    /// <summary>The name; it is the key under which the part is written.</summary>
    [YamlIgnore]
    public required string Name { get; set; }
}
