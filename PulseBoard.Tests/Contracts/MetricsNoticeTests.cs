using PulseBoard.Contracts;

namespace PulseBoard.Tests.Contracts;

public sealed class MetricsNoticeTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 21, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, "42 - kinds=events from=1795726800 to=1795727700 events=17")]
    [InlineData(TraceParent, 41L, $"42 {TraceParent} kinds=events from=1795726800 to=1795727700 events=17 after=41")]
    public void A_notice_is_read_as_it_was_written(string? traceParent, long? after, string text)
    {
        var notice = new MetricsNotice(42, MetricsChange.Counted(17, Start, Start.AddMinutes(15)), traceParent, after);

        Assert.Equal(text, notice.ToString());
        Assert.Equal(notice, MetricsNotice.TryParse(text));
    }

    [Fact]
    public void Every_kind_of_change_is_read_as_it_was_written()
    {
        MetricsChange[] changes =
        [
            MetricsChange.Everything,
            MetricsChange.People,
            MetricsChange.Recomputed(new(1969, 12, 31)),
            MetricsChange.Recomputed(day: null),
            MetricsChange.Counted(events: null),
            MetricsChange.Counted(3, DateTimeOffset.MinValue, Start),
            MetricsChange.People.Merge(MetricsChange.Recomputed(new(2026, 11, 26))),
        ];

        Assert.All(changes, change => Assert.Equal(change, MetricsNotice.TryParse(new MetricsNotice(42, change).ToString())?.Change));
    }

    [Theory]
    [InlineData("42", null)]
    [InlineData($"42 {TraceParent}", TraceParent)]
    public void A_notice_of_an_older_worker_means_that_everything_may_have_changed(string text, string? traceParent) =>
        Assert.Equal(new MetricsNotice(42, MetricsChange.Everything, traceParent), MetricsNotice.TryParse(text));

    [Fact]
    public void What_a_newer_worker_adds_is_left_out() =>
        Assert.Equal(
            new MetricsNotice(42, MetricsChange.People, After: 41),
            MetricsNotice.TryParse("42 - shard=7 kinds=people teams events=0 after=41 kindness=much"));

    [Theory]
    [InlineData("42 - kinds=events,weather from=1795726800 to=1795727700 events=17")]
    [InlineData("42 - kinds= events=0")]
    [InlineData("42 - events=0")]
    public void A_change_of_a_kind_that_is_not_known_may_be_of_everything(string text) =>
        Assert.Equal(MetricsChange.Everything, MetricsNotice.TryParse(text)?.Change);

    [Theory]
    [InlineData("from=1795726800")]
    [InlineData("to=1795726800")]
    [InlineData("from=now to=then")]
    [InlineData("from=1795727700 to=1795726800")]
    [InlineData("from=0 to=9223372036854775807")]
    public void A_time_that_cannot_be_read_is_all_time(string range) =>
        Assert.Equal(MetricsChange.Counted(17), MetricsNotice.TryParse($"42 - kinds=events {range} events=17")?.Change);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("news")]
    [InlineData("-1")]
    public void What_is_no_notice_is_not_read(string? text) => Assert.Null(MetricsNotice.TryParse(text));
}
