using PulseBoard.Web.Components.Charts;

namespace PulseBoard.Tests.Web;

public sealed class ChartDeltaTests
{
    [Fact]
    public void The_first_time_all_of_it_is_sent() => Assert.Equal(Spec([1, 2]), ChartDelta.Between(null, Spec([1, 2])).Spec!, Same);

    [Fact]
    public void The_same_again_sends_nothing() => Assert.True(ChartDelta.Between(Spec([1, null]), Spec([1, null])).IsEmpty);

    [Fact]
    public void New_values_alone_are_sent_with_their_places()
    {
        var delta = ChartDelta.Between(Spec([1, 2], [3, 4]), Spec([1, 5], [null, 4]));

        Assert.Null(delta.Spec);
        Assert.Equal([[0, 1, 5], [1, 0, null]], delta.Changed);
    }

    [Fact]
    public void Another_shape_is_sent_as_a_whole()
    {
        Assert.NotNull(ChartDelta.Between(Spec([1, 2]), Spec([1, 2], [3, 4])).Spec);
        Assert.NotNull(ChartDelta.Between(Spec([1, 2]), Spec([1, 2, 3])).Spec);
        Assert.NotNull(ChartDelta.Between(Spec([1, 2]), Spec([1, 2]) with { Unit = "seconds" }).Spec);
    }

    private static bool Same(ChartSpec one, ChartSpec other) => one.HasShapeOf(other) && one.Series.SequenceEqual(other.Series);

    private static ChartSpec Spec(params double?[][] series) => new(
        [.. Enumerable.Range(0, series[0].Length).Select(index => $"c{index}")],
        null,
        null,
        "count",
        IsHorizontal: false,
        [.. series.Select((values, index) => new ChartSeries($"s{index}", "", "--events", "bar", null, values))]);
}
