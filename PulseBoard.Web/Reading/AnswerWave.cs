namespace PulseBoard.Web.Reading;

/// <summary>
/// Tells of answers in waves: an announcement has a dozen questions asked at once, and a page that shows all of their answers is
/// rendered once, when the last has come, instead of a dozen times. Who is slow is not waited for longer than a limit.
/// </summary>
internal sealed class AnswerWave : IDisposable
{
    private readonly TimeSpan _longestWait;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private List<Action> _untold = [];
    private int _underWay;

    public AnswerWave(TimeSpan longestWait, TimeProvider time)
    {
        _longestWait = longestWait;
        _timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A question is asked.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _underWay++;
        }
    }

    /// <summary>It is answered, or will not be.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (--_underWay > 0)
            {
                return;
            }
        }

        Tell();
    }

    /// <summary>Has something told when the questions that are under way are answered.</summary>
    /// <param name="tell">Called on whatever thread.</param>
    public void Add(Action tell)
    {
        lock (_gate)
        {
            _untold.Add(tell);
            if (_underWay > 0)
            {
                if (_untold.Count == 1)
                {
                    _timer.Change(_longestWait, Timeout.InfiniteTimeSpan);
                }

                return;
            }
        }

        Tell();
    }

    public void Dispose() => _timer.Dispose();

    private void Tell()
    {
        List<Action> due;
        lock (_gate)
        {
            (due, _untold) = (_untold, []);
        }

        foreach (var tell in due)
        {
            tell();
        }
    }
}
