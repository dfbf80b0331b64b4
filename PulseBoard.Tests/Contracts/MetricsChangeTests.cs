using PulseBoard.Contracts;

namespace PulseBoard.Tests.Contracts;

public sealed class MetricsChangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merged_changes_have_the_kinds_of_both_the_time_around_both_and_the_events_of_both()
    {
        var counted = MetricsChange.Counted(17, Start, Start.AddMinutes(15));
        var recomputed = MetricsChange.Recomputed(new(2026, 11, 20));
        var merged = new MetricsChange(
            MetricsChangeKinds.Events | MetricsChangeKinds.Recomputation,
            new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero),
            Start.AddMinutes(15),
            17);

        Assert.Equal(merged, counted.Merge(recomputed));
        Assert.Equal(merged, recomputed.Merge(counted));
        Assert.Equal(["events", "recomputation"], merged.KindNames);
    }

    [Fact]
    public void What_one_change_does_not_know_the_merged_one_does_not_either()
    {
        var known = MetricsChange.Counted(17, Start, Start.AddMinutes(15));
        var unknown = MetricsChange.Counted(events: null);

        Assert.Equal(unknown, known.Merge(unknown));
        Assert.Equal(unknown, unknown.Merge(known));
        Assert.Equal(MetricsChange.Everything, known.Merge(MetricsChange.Everything));
    }

    [Fact]
    public void A_change_merged_with_nothing_is_the_change()
    {
        var change = MetricsChange.Counted(17, Start, Start.AddMinutes(15));

        Assert.Equal(change, change.Merge(MetricsChange.Nothing));
        Assert.Equal(change, MetricsChange.Nothing.Merge(change));
        Assert.Empty(MetricsChange.Nothing.KindNames);
    }
}
