namespace PulseBoard.Bench.Reading;

/// <summary>Finds in the bytes of a stream what tells of counted events: between the frames of HTTP, which are left where they are.</summary>
internal static class NoticeText
{
    /// <summary>Looks at every message that is complete.</summary>
    /// <param name="received">What came and was not looked at yet.</param>
    /// <param name="consumed">How much of it belongs to complete messages.</param>
    /// <returns>What was among them.</returns>
    public static NoticeKinds Take(ReadOnlySpan<byte> received, out int consumed)
    {
        var found = NoticeKinds.None;
        consumed = 0;
        for (var end = received.IndexOf("\n\n"u8); end >= 0; end = received[consumed..].IndexOf("\n\n"u8))
        {
            found |= KindsOf(received.Slice(consumed, end));
            consumed += end + 2;
        }

        return found;
    }

    // event: metrics … data: {"version":5,…,"kinds":["events"],…}
    private static NoticeKinds KindsOf(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("event: metrics"u8) < 0)
        {
            return NoticeKinds.None;
        }

        var kinds = message.IndexOf("\"kinds\":["u8);
        var list = kinds < 0 ? default : message[kinds..];
        var end = list.IndexOf((byte)']');
        return NoticeKinds.Any | (end >= 0 && list[..end].IndexOf("\"events\""u8) >= 0 ? NoticeKinds.Events : NoticeKinds.None);
    }
}

/// <summary>What a stream told.</summary>
[Flags]
internal enum NoticeKinds
{
    None = 0,

    /// <summary>Where the metrics stand, whatever changed.</summary>
    Any = 1,

    /// <summary>That events were counted.</summary>
    Events = 2,
}
