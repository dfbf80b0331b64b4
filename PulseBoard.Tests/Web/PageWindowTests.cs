using PulseBoard.Contracts;
using PulseBoard.Web.Components.Events;

namespace PulseBoard.Tests.Web;

public sealed class PageWindowTests
{
    private const int Most = 3;
    private const int Rows = 2;

    private readonly PageWindow _window = new(Most);

    [Fact]
    public void It_holds_no_more_pages_than_it_may_however_far_one_scrolls()
    {
        ReadTo(10);

        Assert.Equal(Most, _window.Held.Count);
        Assert.Equal(["8", "9", "10"], _window.Held.Select(page => page.Cursor));
        Assert.Equal("11", _window.Next);
        Assert.Equal(8 * Rows, _window.RowsAbove);
    }

    [Fact]
    public void It_goes_back_over_the_same_pages_to_the_newest()
    {
        ReadTo(5);
        var back = new List<string?>();
        while (_window.HasAbove)
        {
            var cursor = _window.CursorAbove;
            back.Add(cursor);
            _window.Prepend(Page(cursor is null ? 1 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) + 1));
        }

        Assert.Equal(["2", "1", null], back);
        Assert.Equal([null, "1", "2"], _window.Held.Select(page => page.Cursor));
        Assert.Equal("3", _window.Next);
        Assert.Equal(0, _window.RowsAbove);
    }

    [Fact]
    public void What_was_dropped_below_follows_again()
    {
        ReadTo(5);
        _window.Prepend(Page(3));
        Assert.Equal("5", _window.Next);

        _window.Append("5", Page(6));

        Assert.Equal(["3", "4", "5"], _window.Held.Select(page => page.Cursor));
    }

    [Fact]
    public void Cleared_it_knows_nothing()
    {
        ReadTo(5);
        _window.Clear();

        Assert.Empty(_window.Held);
        Assert.Null(_window.Next);
        Assert.False(_window.HasAbove);
        Assert.Equal(0, _window.RowsAbove);
    }

    /// <summary>Page n is asked for with cursor n, the newest with none, and names its follower.</summary>
    private void ReadTo(int last)
    {
        _window.Append(null, Page(1));
        while (_window.Next is { } cursor && _window.Held[^1].Cursor != last.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            _window.Append(cursor, Page(int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) + 1));
        }
    }

    private static EventPage Page(int next) => new(
        [.. Enumerable.Range(0, Rows).Select(_ => new RecordedEvent(Guid.NewGuid(), "a", "b", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null))],
        next.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
