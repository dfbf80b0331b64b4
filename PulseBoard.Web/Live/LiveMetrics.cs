using PulseBoard.Contracts;

namespace PulseBoard.Web.Live;

/// <summary>
/// The newest snapshot, shared by all circuits. One reader writes it (<see cref="LiveMetricsReader"/>), so the number of open
/// pages costs the Dashboard nothing.
/// </summary>
internal sealed class LiveMetrics(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile LiveSnapshot _current = new() { State = LiveState.Connecting, StateSince = time.GetUtcNow() };
    private TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _changed;
    private bool _streaming;

    /// <summary>Raised after <see cref="Current"/> has changed, on the thread of whoever changed it: handlers must not block.</summary>
    public event Action? Changed
    {
        add
        {
            lock (_gate)
            {
                _changed += value;
                _watched.TrySetResult();
            }
        }

        remove
        {
            lock (_gate)
            {
                _changed -= value;
                if (_changed is null && _watched.Task.IsCompleted)
                {
                    _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }

    public LiveSnapshot Current => _current;

    /// <summary>Ends once an open page listens to <see cref="Changed"/>: at once while one does.</summary>
    public Task WhenWatched
    {
        get
        {
            lock (_gate)
            {
                return _watched.Task;
            }
        }
    }

    /// <summary>The stream speaks. What is shown may still be from before, so it is live only with the next <see cref="Refreshed"/>.</summary>
    public void StreamStarted()
    {
        lock (_gate)
        {
            _streaming = true;
        }
    }

    /// <summary>The stream ended, which need not mean that the Dashboard is away.</summary>
    public void StreamEnded()
    {
        lock (_gate)
        {
            _streaming = false;
        }

        Update(snapshot => snapshot.State == LiveState.Live ? InState(snapshot, LiveState.Connecting) : snapshot);
    }

    /// <summary>The Dashboard could not be reached or did not answer as it should.</summary>
    public void Failed() => Update(snapshot => InState(snapshot, LiveState.Away));

    public void Refreshed(IReadOnlyList<UserSummary> people, DateTimeOffset askedAt) => Update(snapshot =>
        InState(snapshot, _streaming ? LiveState.Live : snapshot.State) with
        {
            People = people,
            AsOf = askedAt,
            Totals = MetricTotals.Of(people),
        });

    public void ActivityProbed(bool acceptsEvents) => Update(snapshot => snapshot with
    {
        ActivityAwaySince = acceptsEvents ? null : snapshot.ActivityAwaySince ?? time.GetUtcNow(),
    });

    private LiveSnapshot InState(LiveSnapshot snapshot, LiveState state) =>
        snapshot.State == state ? snapshot : snapshot with { State = state, StateSince = time.GetUtcNow() };

    private void Update(Func<LiveSnapshot, LiveSnapshot> change)
    {
        Action? changed;
        lock (_gate)
        {
            var next = change(_current);

            // By value: the same state told twice is no news. People is a list and so compares by reference, which is as meant.
            if (next == _current)
            {
                return;
            }

            _current = next;
            changed = _changed;
        }

        changed?.Invoke();
    }
}
