using PulseBoard.Contracts;
using PulseBoard.Dashboard.Live;

namespace PulseBoard.Tests.Dashboard;

public sealed class ChangeHistoryTests
{
    private const int Capacity = 3;

    private readonly ChangeHistory _history = new(Capacity);

    [Fact]
    public void All_changes_since_a_version_come_as_one()
    {
        _history.Add(10, MetricsChange.Everything);
        _history.Add(20, MetricsChange.Counted(1));
        _history.Add(30, MetricsChange.People);

        Assert.Equal(MetricsChange.Counted(1).Merge(MetricsChange.People), _history.Since(_history.Find(10)));
        Assert.Equal(MetricsChange.People, _history.Since(_history.Find(20)));
        Assert.Equal(MetricsChange.Nothing, _history.Since(_history.Find(30)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(50)]
    public void Since_a_version_that_is_forgotten_or_was_never_told_everything_may_have_changed(long version)
    {
        foreach (var told in new long[] { 10, 20, 30, 40 })
        {
            _history.Add(told, MetricsChange.Counted(1));
        }

        Assert.Equal(MetricsChange.Everything, _history.Since(_history.Find(version)));
    }

    [Fact]
    public void Since_a_version_that_came_twice_all_changes_since_the_first_time_count()
    {
        _history.Add(20, MetricsChange.Counted(1));
        _history.Add(10, MetricsChange.People);
        _history.Add(20, MetricsChange.Counted(2));

        Assert.Equal(MetricsChange.People.Merge(MetricsChange.Counted(2)), _history.Since(_history.Find(20)));
    }

    [Fact]
    public void Since_a_position_that_the_ring_has_passed_everything_may_have_changed()
    {
        for (var version = 1; version <= Capacity + 1; version++)
        {
            _history.Add(version, MetricsChange.Counted(1));
        }

        Assert.Equal(MetricsChange.Everything, _history.Since(0));
        Assert.Equal(MetricsChange.Counted(Capacity), _history.Since(1));
    }
}
