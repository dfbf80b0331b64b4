using System.Diagnostics;
using System.Globalization;

namespace PulseBoard.Bench.Seeding;

/// <summary>Tells how far a seed is, every few seconds.</summary>
/// <param name="events">How many events there will be.</param>
/// <param name="output">Where it tells.</param>
internal sealed class SeedProgress(int events, TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private long _told = Stopwatch.GetTimestamp();
    private long _toldStored;
    private long _toldCounted;
    private long _stored;
    private long _counted;
    private DateTime _reached;

    /// <summary>Events that are counted.</summary>
    public long Counted => Volatile.Read(ref _counted);

    /// <summary>How long it has taken.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    /// <summary>Tells from now on, until what it returns is disposed of.</summary>
    public IDisposable Start() => new Timer(_ => Tell(), null, Interval, Interval);

    /// <summary>Tells something once.</summary>
    public void Tell(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Some more events are stored.</summary>
    /// <param name="count">How many.</param>
    /// <param name="received">When the last of them was received.</param>
    public void AddStored(int count, DateTime received)
    {
        lock (_lock)
        {
            (_stored, _reached) = (_stored + count, received);
        }
    }

    /// <summary>Some more events are counted.</summary>
    public void AddCounted(int count)
    {
        lock (_lock)
        {
            _counted += count;
        }
    }

    private void Tell()
    {
        lock (_lock)
        {
            var seconds = Stopwatch.GetElapsedTime(_told).TotalSeconds;
            Tell($"  {_stored,13:N0} of {events:N0} events, {_reached:yyyy-MM-dd}: stored {(_stored - _toldStored) / seconds,8:N0}/s, counted {(_counted - _toldCounted) / seconds,8:N0}/s, {Environment.WorkingSet >> 20:N0} MB");
            (_told, _toldStored, _toldCounted) = (Stopwatch.GetTimestamp(), _stored, _counted);
        }
    }
}
