using PulseBoard.Activity.Ingestion;

namespace PulseBoard.Tests.Activity;

public sealed class BacklogTests
{
    [Fact]
    public void Events_have_room_until_they_are_too_many()
    {
        var backlog = new Backlog(maximumEvents: 3, maximumBytes: long.MaxValue);

        Assert.True(backlog.TryEnter(Events(2)));
        Assert.False(backlog.TryEnter(Events(2)));
        Assert.True(backlog.TryEnter(Events(1)));
        Assert.Equal(3, backlog.Events);
    }

    [Fact]
    public void Events_have_room_until_they_are_too_big()
    {
        var events = Events(1, new string('x', 1_000));
        var backlog = new Backlog(maximumEvents: int.MaxValue, maximumBytes: 2 * events[0].Size);

        Assert.InRange(events[0].Size, 2_000, 3_000);
        Assert.True(backlog.TryEnter(events));
        Assert.True(backlog.TryEnter(events));
        Assert.False(backlog.TryEnter(Events(1)));
        backlog.Leave(events);
        Assert.True(backlog.TryEnter(events));
    }

    private static ActivityEvent[] Events(int count, string? data = null) =>
        [.. Enumerable.Repeat(new ActivityEvent(Guid.NewGuid(), "user", "type", default, data, default), count)];
}
