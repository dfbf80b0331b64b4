using System.Buffers.Binary;

namespace PulseBoard.Bench.Load;

/// <summary>
/// The events of one client: by people at random, with version 7 ids in the order of time. The ids are made of a counter and the
/// client's own random number, since truly random ones ask the kernel each time.
/// </summary>
internal sealed class LoadEvents
{
    private const int CounterBits = 28;
    private const ulong CounterMask = (1UL << CounterBits) - 1;
    private const ulong Variant = 0x8000_0000_0000_0000;
    private const ulong BelowVariant = 0x3FFF_FFFF_FFFF_FFFF;

    private readonly Random _random;
    private readonly int _people;
    private readonly ulong _client;
    private ulong _counter;

    /// <param name="people">How many people act.</param>
    /// <param name="client">The client's number: it decides who acts when, so that two loads see the same people.</param>
    public LoadEvents(int people, int client)
    {
        (_people, _random) = (people, new Random(client));
        _client = Variant | ((ulong)Random.Shared.NextInt64() & BelowVariant & ~CounterMask);
    }

    public LoadEvent Next() => new(NextId(), _random.Next(_people));

    // RFC 9562: 48 bits of milliseconds, the version, 12 bits, the variant, 62 bits. The counter stands in the 12 bits as well, so
    // that ids of one millisecond are in order.
    private Guid NextId()
    {
        _counter++;
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (_counter & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _client | (_counter & CounterMask));
        return new(bytes, bigEndian: true);
    }
}
