using System.Buffers.Binary;
using System.Buffers.Text;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Events;

/// <summary>Where a page ends: the next one has what comes before it in time, and among events of one time the smaller ids.</summary>
/// <param name="Timestamp">The last event's time, in UTC.</param>
/// <param name="EventId">The last event's id; the smallest there is where the page ended between two events.</param>
internal readonly record struct EventCursor(DateTimeOffset Timestamp, Guid EventId)
{
    private const int Length = sizeof(long) + 16;

    /// <summary>The quarter hour after the last one that may have something of the next page. One that is done is not looked at again.</summary>
    public int EndQuarterHour
    {
        get
        {
            var quarterHour = QuarterHour.Of(Timestamp);
            return EventId == Guid.Empty && QuarterHour.Start(quarterHour) == Timestamp ? quarterHour : quarterHour + 1;
        }
    }

    /// <summary>Reads one that an answer gave.</summary>
    /// <exception cref="ParameterException">It is none.</exception>
    public static EventCursor Parse(string text, string parameter)
    {
        Span<byte> bytes = stackalloc byte[Length];
        // What is no Base64 at all throws, whatever the name of the method says.
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Length
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new(ticks, TimeSpan.Zero), new(bytes[sizeof(long)..], bigEndian: true))
            : throw Parameters.Invalid(parameter, $"'{parameter}' takes the value of 'next' of the page before, unchanged.");
    }

    /// <summary>As answers give it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Timestamp.UtcTicks);
        EventId.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
