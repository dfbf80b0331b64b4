namespace PulseBoard.Web.Live;

/// <summary>What is known of the two APIs, shared by all circuits; and the announcements of change, which one reader of the stream passes on.</summary>
internal sealed class LiveMetrics(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile LiveSnapshot _current = new() { State = LiveState.Connecting, StateSince = time.GetUtcNow() };
    private bool _streaming;

    /// <summary>Raised after <see cref="Current"/> has changed, on the thread of whoever changed it: handlers must not block.</summary>
    public event Action? Changed;

    /// <summary>Raised when the metrics may have changed, likewise.</summary>
    public event Action? Announced;

    public LiveSnapshot Current => _current;

    /// <summary>The stream speaks.</summary>
    public void StreamStarted() => Update(snapshot => InState(snapshot, LiveState.Live), streaming: true);

    /// <summary>The stream said something: what is read from now on is the present.</summary>
    /// <param name="mayBeNews">Whether the metrics may have changed.</param>
    public void Heard(bool mayBeNews)
    {
        if (mayBeNews)
        {
            Announced?.Invoke();
        }

        Update(snapshot => snapshot with { AsOf = time.GetUtcNow() });
    }

    /// <summary>The stream ended, which need not mean that the Dashboard is away.</summary>
    public void StreamEnded() =>
        Update(snapshot => snapshot.State == LiveState.Live ? InState(snapshot, LiveState.Connecting) : snapshot, streaming: false);

    /// <summary>The Dashboard could not be reached or did not answer as it should.</summary>
    public void Failed() => Update(snapshot => InState(snapshot, LiveState.Away));

    /// <summary>The Dashboard answered a question.</summary>
    public void Answered() => Update(snapshot => _streaming ? InState(snapshot, LiveState.Live) : snapshot);

    public void ActivityProbed(bool acceptsEvents) => Update(snapshot => snapshot with
    {
        ActivityAwaySince = acceptsEvents ? null : snapshot.ActivityAwaySince ?? time.GetUtcNow(),
    });

    private LiveSnapshot InState(LiveSnapshot snapshot, LiveState state) =>
        snapshot.State == state ? snapshot : snapshot with { State = state, StateSince = time.GetUtcNow() };

    private void Update(Func<LiveSnapshot, LiveSnapshot> change, bool? streaming = null)
    {
        lock (_gate)
        {
            _streaming = streaming ?? _streaming;
            var next = change(_current);

            // By value: the same state told twice is no news.
            if (next == _current)
            {
                return;
            }

            _current = next;
        }

        Changed?.Invoke();
    }
}
