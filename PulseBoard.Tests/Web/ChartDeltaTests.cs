using PulseBoard.Contracts;
using PulseBoard.Web.Components.Board;

namespace PulseBoard.Tests.Web;

public sealed class ChartDeltaTests
{
    private static readonly UserSummary Alex = new("alex", 9, 3, 1);
    private static readonly UserSummary Bea = new("bea", 5, 2, 2);

    [Fact]
    public void Delta_has_everybody_for_an_empty_chart()
    {
        var delta = ChartDelta.Between([], [Alex, Bea]);

        Assert.Equal(["alex", "bea"], delta.Users!);
        Assert.Equal([[0, 9, 3, 1], [1, 5, 2, 2]], delta.Changed);
    }

    [Fact]
    public void Delta_has_only_who_changed_while_the_order_stays()
    {
        var delta = ChartDelta.Between([Alex, Bea], [Alex, Bea with { TotalEvents = 6 }]);

        Assert.Null(delta.Users);
        Assert.Equal([[1, 6, 2, 2]], delta.Changed);
    }

    [Fact]
    public void Delta_has_the_order_when_somebody_overtakes()
    {
        var delta = ChartDelta.Between([Alex, Bea], [Bea with { TotalEvents = 10 }, Alex]);

        Assert.Equal(["bea", "alex"], delta.Users!);
        Assert.Equal([[0, 10, 2, 2]], delta.Changed);
    }

    [Fact]
    public void Delta_is_empty_when_nothing_changed()
    {
        Assert.True(ChartDelta.Between([Alex, Bea], [Alex, Bea]).IsEmpty);
    }
}
