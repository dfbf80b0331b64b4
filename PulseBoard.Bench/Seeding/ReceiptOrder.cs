using System.Runtime.InteropServices;

namespace PulseBoard.Bench.Seeding;

/// <summary>Holds events until everything that was received before them is known, and gives them out in the order of receipt.</summary>
internal sealed class ReceiptOrder
{
    private readonly List<SeedEvent> _waiting = [];
    private readonly List<long> _received = [];

    public void Add(in SeedEvent seedEvent)
    {
        _waiting.Add(seedEvent);
        _received.Add(seedEvent.Received.Ticks);
    }

    /// <summary>The events that were received before a time, of which no more come; nothing is added before the last of them is taken.</summary>
    public IEnumerable<SeedEvent> Release(DateTime before)
    {
        CollectionsMarshal.AsSpan(_received).Sort(CollectionsMarshal.AsSpan(_waiting));
        var due = _received.BinarySearch(before.Ticks);
        due = due < 0 ? ~due : due;
        for (var place = 0; place < due; place++)
        {
            yield return _waiting[place];
        }

        var later = _waiting[due..];
        _waiting.Clear();
        _received.Clear();
        foreach (var seedEvent in later)
        {
            Add(seedEvent);
        }
    }
}
