using System.Text.Json.Nodes;
using PulseBoard.Bench;
using PulseBoard.Bench.Circuits;

namespace PulseBoard.Tests.Bench;

public sealed class PrerenderedPageTests
{
    private const string First = """{"type":"server","prerenderId":"a","key":{"locationHash":"1:0"},"sequence":0,"descriptor":"CfDJ8+/="}""";
    private const string Second = """{"type":"server","sequence":1,"descriptor":"CfDJ9"}""";

    private const string Html = $$"""
        <html><head><!--Blazor:{{First}}--><title>Overview</title><!--Blazor:{"prerenderId":"a"}--></head>
        <body><!-- {"descriptor":"no marker"} --><!--Blazor:{{Second}}-->
        <!--Blazor-Server-Component-State:CfDJ8K_x-/+==--></body></html>
        """;

    [Fact]
    public void A_page_s_components_begin_at_its_markers()
    {
        var page = PrerenderedPage.Parse(Html);

        Assert.Equal([First, Second], page.Markers);
        Assert.Equal("CfDJ8K_x-/+==", page.State);
    }

    [Fact]
    public void A_page_may_leave_no_state() => Assert.Empty(PrerenderedPage.Parse($"<!--Blazor:{Second}-->").State);

    [Fact]
    public void A_page_without_components_cannot_come_to_life() =>
        Assert.Throws<BenchmarkException>(() => PrerenderedPage.Parse("""<!--Blazor:{"prerenderId":"a"}-->"""));

    [Fact]
    public void Components_come_to_life_in_the_order_of_the_page_with_their_markers_as_they_are()
    {
        var operations = JsonNode.Parse(PrerenderedPage.Parse(Html).Activation())!["operations"]!.AsArray();

        Assert.Equal(["add", "add"], operations.Select(operation => (string)operation!["type"]!));
        Assert.Equal([1, 2], operations.Select(operation => (int)operation!["ssrComponentId"]!));
        Assert.All(operations.Zip([First, Second]), pair => Assert.True(JsonNode.DeepEquals(pair.First!["marker"], JsonNode.Parse(pair.Second))));
    }
}
