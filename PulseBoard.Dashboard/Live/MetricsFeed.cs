using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Live;

/// <summary>
/// What every stream is told. A change wakes all listeners at once, and each takes the same bytes: nothing is kept for a listener
/// but how far it has come, so one that is slow costs no more than one that is quick, and takes in one message all that it missed.
/// </summary>
internal sealed partial class MetricsFeed(
    IOptions<LiveOptions> options,
    IOptions<JsonOptions> json,
    IHostApplicationLifetime lifetime,
    DashboardTelemetry telemetry,
    TimeProvider time,
    ILogger<MetricsFeed> logger) : BackgroundService
{
    // Looks at the writes under way, in the time that one may take: it takes at most a quarter longer.
    private const int LooksPerWrite = 4;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private readonly LiveOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly HashSet<Listener> _listeners = [];
    private readonly ChangeHistory _history = new(options.Value.RememberedChanges);

    // The latest change for those who have come to a position; mostly that is the one before, for nearly everybody.
    private readonly Dictionary<long, byte[]> _messages = [];

    private MetricsState _latest = new(null, time.GetUtcNow());
    private long _lastTold = time.GetTimestamp();
    private byte[] _heartbeat = [];
    private long _heartbeats;
    private volatile bool _ended;
    private volatile TaskCompletionSource _told = NewSignal();

    /// <summary>What a stream begins with: when to come back after its end.</summary>
    public byte[] Greeting { get; } = StreamMessage.Retry(options.Value.Retry);

    /// <summary>What was told last.</summary>
    public MetricsState Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    /// <summary>How many streams are open.</summary>
    public int Listeners
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count;
            }
        }
    }

    /// <summary>True once the service stops. It does not wait for its listeners: they end, and come back.</summary>
    public bool HasEnded => _ended;

    /// <summary>Listens: one message at once, then each change as it comes.</summary>
    /// <param name="context">The listener's request, which is aborted when it does not read.</param>
    /// <param name="lastVersion">The version that the listener was told of last, on an earlier stream; null where there was none.</param>
    /// <returns>The listener's place; null where there are too many listeners.</returns>
    public Listener? TryListen(HttpContext context, long? lastVersion)
    {
        lock (_lock)
        {
            if (_listeners.Count >= _options.MaximumListeners)
            {
                return null;
            }

            var listener = new Listener(this, time, context, lastVersion is { } version ? _history.Find(version) : null);
            _listeners.Add(listener);
            return listener;
        }
    }

    /// <summary>Tells of a notice: of what changed, where the listeners know all that was before, else that everything may have.</summary>
    /// <returns>How many listeners there are.</returns>
    public int Tell(MetricsNotice notice)
    {
        lock (_lock)
        {
            // Told already where a look at the version came first.
            if (notice.Version != _latest.Version)
            {
                TellLocked(notice.Version, notice.After is { } after && after == _latest.Version ? notice.Change : MetricsChange.Everything);
            }

            return _listeners.Count;
        }
    }

    /// <summary>Tells of a version of which there was no notice: everything may have changed.</summary>
    /// <param name="known">What was told last before the version was looked at: a notice that came since is newer.</param>
    /// <param name="version">The version; null where nobody knows it.</param>
    public void TellVersion(MetricsState known, long? version)
    {
        lock (_lock)
        {
            if (ReferenceEquals(known, _latest))
            {
                TellLocked(version, MetricsChange.Everything);
            }
        }
    }

    /// <summary>The heartbeats of all streams, and the end of those that nobody reads.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        telemetry.ObserveListeners(() => Listeners);

        // Before the server waits for its requests to end; the token comes after that.
        using var ending = lifetime.ApplicationStopping.Register(End);
        while (true)
        {
            await Task.Delay(BeatIfQuiet(), time, stoppingToken);
            CutOff(_options.WriteTimeout);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void TellLocked(long? version, MetricsChange change)
    {
        _latest = new(version, time.GetUtcNow());
        _history.Add(version, change);
        _messages.Clear();
        WakeLocked();
    }

    private void WakeLocked()
    {
        _lastTold = time.GetTimestamp();
        var told = _told;
        _told = NewSignal();
        told.SetResult();
    }

    /// <returns>How long to wait before looking again.</returns>
    private TimeSpan BeatIfQuiet()
    {
        lock (_lock)
        {
            var rest = _options.Heartbeat - time.GetElapsedTime(_lastTold);
            if (rest <= TimeSpan.Zero)
            {
                var beat = new MetricsHeartbeat(_latest.Version, time.GetUtcNow());
                _heartbeat = StreamMessage.Create(MetricsHeartbeat.EventType, id: null, beat, json.Value.SerializerOptions);
                _heartbeats++;
                WakeLocked();
                rest = _options.Heartbeat;
            }

            var look = _options.WriteTimeout / LooksPerWrite;
            return rest > look ? look : rest < ShortestPause ? ShortestPause : rest;
        }
    }

    private void End()
    {
        _ended = true;
        lock (_lock)
        {
            WakeLocked();
        }

        CutOff(TimeSpan.Zero);
    }

    private void CutOff(TimeSpan limit)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
            {
                // Under the lock, in which a listener leaves: the server uses the context again for the next request.
                if (listener.TryCutOff(limit))
                {
                    LogCutOff();
                }
            }
        }
    }

    private byte[]? Take(Listener listener)
    {
        lock (_lock)
        {
            byte[]? message = null;
            if (!listener.Greeted || listener.Position != _history.Position)
            {
                message = MessageSince(listener.Position);
            }
            else if (listener.Heartbeats != _heartbeats)
            {
                message = _heartbeat;
            }

            (listener.Greeted, listener.Position, listener.Heartbeats) = (true, _history.Position, _heartbeats);
            return message;
        }
    }

    private byte[] MessageSince(long? position)
    {
        const long Unknown = -1;
        var key = position ?? Unknown;
        if (!_messages.TryGetValue(key, out var message))
        {
            var change = _history.Since(position);
            var data = new MetricsChanged(_latest.Version, _latest.ChangedAt, change.KindNames, change.From, change.To, change.Events);

            // While Redis has none the version is 0, again and again, so it says nothing of what a listener knows.
            var id = _latest.Version > 0 ? _latest.Version : null;
            message = StreamMessage.Create(MetricsChanged.EventType, id, data, json.Value.SerializerOptions);
            _messages[key] = message;
        }

        return message;
    }

    private void Leave(Listener listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
        }
    }

    [LoggerMessage(LogLevel.Information, "A listener that does not read its stream is cut off")]
    private partial void LogCutOff();

    /// <summary>One listener's place; disposing of it gives the place up.</summary>
    internal sealed class Listener(MetricsFeed feed, TimeProvider time, HttpContext context, long? position) : IDisposable
    {
        private const long NotWriting = -1;

        private long _writingSince = NotWriting;

        /// <summary>How far it has come in the history; null where that is not known. The feed's, under its lock, like the next two.</summary>
        internal long? Position { get; set; } = position;

        /// <summary>How many heartbeats had been by then.</summary>
        internal long Heartbeats { get; set; }

        /// <summary>Whether it has had its first message.</summary>
        internal bool Greeted { get; set; }

        /// <summary>Ends with the next message. Take it before <see cref="Take"/>, so that none is missed in between.</summary>
        public Task Told => feed._told.Task;

        /// <summary>The next message, which tells all that changed since the last one; null where there is none yet.</summary>
        public byte[]? Take() => feed.Take(this);

        /// <summary>A message is being written to it.</summary>
        public void WriteBegins() => Volatile.Write(ref _writingSince, time.GetTimestamp());

        /// <summary>The message is on its way.</summary>
        public void WriteEnded() => Volatile.Write(ref _writingSince, NotWriting);

        public void Dispose() => feed.Leave(this);

        internal bool TryCutOff(TimeSpan limit)
        {
            var since = Volatile.Read(ref _writingSince);
            var tooLong = since != NotWriting && time.GetElapsedTime(since) >= limit;
            if (tooLong)
            {
                context.Abort();
            }

            return tooLong;
        }
    }
}
