using PulseBoard.Contracts;

namespace PulseBoard.Tests.Contracts;

public sealed class MetricsNoticeTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(42, null, "42")]
    [InlineData(42, TraceParent, $"42 {TraceParent}")]
    public void A_notice_is_read_as_it_was_written(long version, string? traceParent, string text)
    {
        var notice = new MetricsNotice(version, traceParent);

        Assert.Equal(text, notice.ToString());
        Assert.Equal(notice, MetricsNotice.TryParse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("news")]
    [InlineData("-1")]
    public void What_is_no_notice_is_not_read(string? text) => Assert.Null(MetricsNotice.TryParse(text));
}
