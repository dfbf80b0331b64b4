using YamlDotNet.RepresentationModel;

namespace PulseBoard.Tests.Deployment;

/// <summary>Reading of YAML by key; what is not there is empty.</summary>
internal static class YamlNodes
{
    public static YamlMappingNode Map(this YamlMappingNode node, string key)
    {
        return node.Children.TryGetValue(key, out var value) ? (YamlMappingNode)value : [];
    }

    public static IReadOnlyList<string> List(this YamlMappingNode node, string key)
    {
        return node.Children.TryGetValue(key, out var value) ? [.. ((YamlSequenceNode)value).Select(Text)] : [];
    }

    public static IEnumerable<YamlMappingNode> Maps(this YamlMappingNode node, string key)
    {
        return node.Children.TryGetValue(key, out var value) ? ((YamlSequenceNode)value).Cast<YamlMappingNode>() : [];
    }

    public static string? Scalar(this YamlMappingNode node, string key)
    {
        return node.Children.TryGetValue(key, out var value) ? Text(value) : null;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
