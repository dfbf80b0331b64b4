using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Reading;

/// <summary>
/// Answers that are kept current while somebody looks at them. Each question is asked once for all pages that show it, anew when the
/// metrics have changed or somebody wants it younger, and never more often than the options say; a question that nobody looks at any
/// more is forgotten.
/// </summary>
internal sealed partial class LiveAnswers : IDisposable
{
    private readonly DashboardClient _dashboard;
    private readonly LiveMetrics _live;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveAnswers> _logger;
    private readonly AnswerWave _wave;
    private readonly CancellationTokenSource _ending = new();
    private readonly long _begun;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Type Type, string Question), Entry> _entries = [];

    public LiveAnswers(DashboardClient dashboard, LiveMetrics live, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveAnswers> logger)
    {
        (_dashboard, _live, _options, _time, _logger) = (dashboard, live, options.Value, time, logger);
        _begun = time.GetTimestamp();
        _wave = new(_options.LongestWave, time);
        live.Announced += MakeStale;
    }

    /// <summary>How many questions are kept current.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Looks at the answer to a question; disposing of what is returned ends it.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="question">Path and query, escaped.</param>
    /// <param name="changed">Called after the answer has changed, on the thread of whoever changed it: it must not block.</param>
    /// <param name="maximumAge">How old the answer may become without being asked for anew, where it changes without an announcement; null is for ever.</param>
    public Watch<T> Watch<T>(string question, Action changed, TimeSpan? maximumAge = null)
        where T : class
    {
        lock (_gate)
        {
            var key = (typeof(T), question);
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new Entry<T>(this, question);
                _ = Task.Run(() => KeepAsync(key, entry));
            }

            entry.Join(changed, maximumAge);
            return new((Entry<T>)entry, changed, maximumAge);
        }
    }

    public void Dispose()
    {
        _live.Announced -= MakeStale;
        _ending.Cancel();
        _ending.Dispose();
        _wave.Dispose();
    }

    private void MakeStale()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
            {
                entry.MakeStale();
            }
        }
    }

    private async Task KeepAsync((Type Type, string Question) key, Entry entry)
    {
        var ending = _ending.Token;
        var untilItAnswers = Outages.CreatePipeline(_options, _time, reason => Fail(entry, reason), () => !IsForgotten(entry));
        try
        {
            while (!TryForget(key, entry))
            {
                // Taken before asking: what is announced meanwhile is asked for once more.
                var stale = entry.Stale;
                var started = _time.GetTimestamp();
                await untilItAnswers.ExecuteAsync(entry.AskAsync, ending);
                if (PauseAfter(started) is { Ticks: > 0 } pause)
                {
                    await Task.Delay(pause, _time, ending);
                }

                // An answer that is behind is followed by another one, of which nobody tells.
                while (!stale.IsCompleted && !entry.IsBehind && !IsForgotten(entry) && RestOf(entry, started) is { Ticks: > 0 } rest)
                {
                    await stale.WaitAsync(rest < _options.Linger ? rest : _options.Linger, _time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    ending.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The service ends.
        }
        catch (ObjectDisposedException) when (_ending.IsCancellationRequested)
        {
            // As before, a moment later.
        }
        catch (Exception) when (TryForget(key, entry))
        {
            // Nobody is there to see it.
        }
#pragma warning disable CA1031 // Whoever looks at it is to see that it fails, and the next page asks anew.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception);
            Forget(key, entry);
            entry.Fail();
        }
    }

    /// <summary>How long a question waits that was asked then: until it may be asked again, and with a crowd until all are.</summary>
    private TimeSpan PauseAfter(long asked)
    {
        var pause = _options.RefreshInterval - _time.GetElapsedTime(asked);
        lock (_gate)
        {
            if (!_entries.Values.Any(entry => entry.Watchers >= _options.Crowd))
            {
                return pause;
            }
        }

        var now = _time.GetElapsedTime(_begun);
        var earliest = pause > TimeSpan.Zero ? now + pause : now;
        var moments = (earliest.Ticks + _options.CrowdInterval.Ticks - 1) / _options.CrowdInterval.Ticks;
        return (moments * _options.CrowdInterval) - now;
    }

    /// <summary>Nobody has looked for as long as it takes a page to come to life after its first rendering.</summary>
    private bool IsForgotten(Entry entry)
    {
        lock (_gate)
        {
            return entry.Watchers == 0 && entry.Lonely is { } since && _time.GetElapsedTime(since) >= _options.Linger;
        }
    }

    /// <summary>How long it takes until an answer is older than somebody wants it.</summary>
    private TimeSpan RestOf(Entry entry, long asked)
    {
        lock (_gate)
        {
            return entry.MaximumAge - _time.GetElapsedTime(asked) ?? TimeSpan.MaxValue;
        }
    }

    private bool TryForget((Type Type, string Question) key, Entry entry)
    {
        lock (_gate)
        {
            return IsForgotten(entry) && _entries.Remove(key);
        }
    }

    private void Forget((Type Type, string Question) key, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var kept) && kept == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    private void Fail(Entry entry, Exception? reason)
    {
        LogAway(reason?.Message);
        _live.Failed();
        entry.Fail();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The Dashboard did not answer; trying again until it does: {Reason}")]
    private partial void LogAway(string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "An answer cannot be kept current")]
    private partial void LogFailed(Exception exception);

    /// <summary>One question and those who look at its answer.</summary>
    internal abstract class Entry(LiveAnswers answers)
    {
        // Of those who look and care; under the gate.
        private readonly List<TimeSpan> _maximumAges = [];

        private TaskCompletionSource _stale = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>After the answer has changed.</summary>
        public event Action? Changed;

        /// <summary>How many look at it; under the gate, like the next two.</summary>
        public int Watchers { get; private set; }

        /// <summary>Since when nobody has.</summary>
        public long? Lonely { get; private set; }

        /// <summary>How old it may become, by whoever wants it youngest.</summary>
        public TimeSpan? MaximumAge => _maximumAges.Count > 0 ? _maximumAges.Min() : null;

        /// <summary>Ends with the next announcement.</summary>
        public Task Stale => Volatile.Read(ref _stale).Task;

        public bool IsBehind { get; protected set; }

        public void MakeStale() =>
            Interlocked.Exchange(ref _stale, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        /// <summary>Under the gate.</summary>
        public void Join(Action changed, TimeSpan? maximumAge)
        {
            Watchers++;
            Changed += changed;
            if (maximumAge is { } age)
            {
                var before = MaximumAge;
                _maximumAges.Add(age);
                if (before is null || age < before)
                {
                    // It may be older already, and whoever keeps it waits for as long as was asked of it before.
                    MakeStale();
                }
            }
        }

        public void Leave(Action changed, TimeSpan? maximumAge)
        {
            lock (answers._gate)
            {
                Watchers--;
                Changed -= changed;
                if (maximumAge is { } age)
                {
                    _maximumAges.Remove(age);
                }

                Lonely = answers._time.GetTimestamp();
            }
        }

        public abstract ValueTask AskAsync(CancellationToken cancellationToken);

        public abstract void Fail();

        protected void Tell() => answers._wave.Add(TellNow);

        private void TellNow()
        {
            Action? changed;
            lock (answers._gate)
            {
                changed = Changed;
            }

            changed?.Invoke();
        }
    }

    /// <inheritdoc cref="Entry"/>
    internal sealed class Entry<T>(LiveAnswers answers, string question) : Entry(answers)
        where T : class
    {
        private readonly LiveAnswers _answers = answers;
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile LiveAnswer<T> _current = new(null, null, false);
        private EntityTagHeaderValue? _tag;

        public LiveAnswer<T> Current => _current;

        /// <summary>Ends with the first answer or refusal.</summary>
        public Task First => _first.Task;

        public override async ValueTask AskAsync(CancellationToken cancellationToken)
        {
            _answers._wave.Begin();
            try
            {
                await AskInWaveAsync(cancellationToken);
            }
            finally
            {
                _answers._wave.End();
            }

            _answers._live.Answered();
            _first.TrySetResult();
        }

        public override void Fail() => Become(_current with { IsFailing = true });

        private async ValueTask AskInWaveAsync(CancellationToken cancellationToken)
        {
            using var timeout = new CancellationTokenSource(_answers._options.RefreshTimeout, _answers._time);
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                var (value, tag, isBehind) = await _answers._dashboard.AskAsync<T>(question, _tag, limited.Token);
                (_tag, IsBehind) = (tag, isBehind);
                Become(new(value ?? _current.Value, null, false));
            }
            catch (QuestionException exception)
            {
                (_tag, IsBehind) = (null, false);
                Become(new(null, exception.Message, false));
            }
        }

        // By value but for the answer itself, which is the same object where it is unchanged.
        private void Become(LiveAnswer<T> next)
        {
            var before = _current;
            if (ReferenceEquals(before.Value, next.Value) && before.Refusal == next.Refusal && before.IsFailing == next.IsFailing)
            {
                return;
            }

            _current = next;
            Tell();
        }
    }
}
