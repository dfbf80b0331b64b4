using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PulseBoard.Bench.Circuits;

/// <summary>What a page as the server first sends it has for its circuit.</summary>
/// <param name="Markers">Where components begin that are to come to life, each as JSON, in the order of the page.</param>
/// <param name="State">What the first rendering leaves to them; opaque, and empty where it leaves nothing.</param>
internal sealed partial record PrerenderedPage(IReadOnlyList<string> Markers, string State)
{
    private const string BeginningOnly = "descriptor";

    /// <summary>Finds it in the page.</summary>
    /// <exception cref="BenchmarkException">Nothing in it comes to life.</exception>
    public static PrerenderedPage Parse(string html)
    {
        // <!--Blazor:{"type":"server","prerenderId":"…","sequence":0,"descriptor":"…"}--> … <!--Blazor:{"prerenderId":"…"}-->
        string[] markers = [.. Marker().Matches(html).Select(match => match.Groups[1].Value).Where(json => JsonNode.Parse(json)?[BeginningOnly] is not null)];
        return markers.Length > 0
            ? new(markers, ServerState().Match(html) is { Success: true } state ? state.Groups[1].Value : "")
            : throw new BenchmarkException("The page has no components that come to life.");
    }

    /// <summary>What brings them to life, as the circuit takes it.</summary>
    public string Activation()
    {
        var operations = Markers.Select((marker, index) => (JsonNode)new JsonObject
        {
            ["type"] = "add",
            ["ssrComponentId"] = index + 1,
            ["marker"] = JsonNode.Parse(marker),
        });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) }.ToJsonString();
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([A-Za-z0-9+/=_-]+)-->")]
    private static partial Regex ServerState();
}
