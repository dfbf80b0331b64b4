using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using PulseBoard.ServiceDefaults.Telemetry;
using StackExchange.Redis;

namespace PulseBoard.Dashboard.Live;

/// <summary>
/// Knows when metrics change, and tells every listener: one subscription of the process serves all of its streams. It also looks
/// at the version now and then, so that a lost notice costs seconds; and while Redis cannot say, it takes each look for a change,
/// so that readers go on asking Postgres.
/// </summary>
internal sealed partial class MetricsWatcher(
    RedisConnection connection,
    RedisAnswers answers,
    KnownVersion known,
    IOptions<LiveOptions> options,
    DashboardTelemetry telemetry,
    TimeProvider time,
    ILogger<MetricsWatcher> logger) : BackgroundService
{
    private static readonly RedisChannel ChangedChannel = new(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal);

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<MetricsChanged>> _listeners = [];
    private MetricsChanged _latest = new(null, time.GetUtcNow());
    private bool _subscribed;

    /// <summary>What was told last.</summary>
    public MetricsChanged Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    /// <summary>Listens: the latest change at once, then each one as it comes. A slow listener skips to the latest.</summary>
    public Listener Listen()
    {
        var channel = Channel.CreateBounded<MetricsChanged>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            channel.Writer.TryWrite(_latest);
            _listeners.Add(channel);
        }

        return new Listener(this, channel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        telemetry.ObserveListeners(CountListeners);
        using var timer = new PeriodicTimer(options.Value.CheckInterval, time);
        do
        {
            await CheckAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Mostly it finds nothing new, every other second.
        using var unrecorded = SpanExtensions.StartUnrecorded("check metrics version");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.RedisTimeout);
        try
        {
            await SubscribeAsync(limit.Token);
            var (before, since) = (Latest, known.Sequence);
            var version = await answers.GetVersionAsync(limit.Token);
            known.Looked(since, version);

            // A notice that came meanwhile is newer than this look.
            if (version != before.Version && ReferenceEquals(before, Latest))
            {
                Tell(version);
            }
        }
#pragma warning disable CA1031 // Whatever Redis or its client made of it, the next look comes; the service goes on.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogWithoutRedis(exception.Message);
            known.Lose();
            Tell(version: null);
        }
    }

    // Once: the client itself subscribes again after a lost connection.
    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (!_subscribed)
        {
            var redis = await connection.GetAsync(cancellationToken);
            await redis.GetSubscriber().SubscribeAsync(ChangedChannel, (_, text) => Take(text)).WaitAsync(cancellationToken);
            _subscribed = true;
        }
    }

    private void Take(string? text)
    {
        if (MetricsNotice.TryParse(text) is { } notice)
        {
            // First of all: who is told asks at once.
            known.Advance(notice.Version);
            using var span = telemetry.StartNotice(notice);
            DashboardTelemetry.Told(span, Tell(notice.Version));
        }
    }

    /// <returns>How many listeners there are.</returns>
    private int Tell(long? version)
    {
        lock (_lock)
        {
            _latest = new(version, time.GetUtcNow());
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(_latest);
            }

            return _listeners.Count;
        }
    }

    private int CountListeners()
    {
        lock (_lock)
        {
            return _listeners.Count;
        }
    }

    private void Leave(Channel<MetricsChanged> channel)
    {
        lock (_lock)
        {
            _listeners.Remove(channel);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The metrics version is not known: {Reason}")]
    private partial void LogWithoutRedis(string reason);

    /// <summary>One listener's place; disposing of it gives the place up.</summary>
    internal sealed class Listener(MetricsWatcher watcher, Channel<MetricsChanged> channel) : IDisposable
    {
        /// <summary>Holds one change at most.</summary>
        public ChannelReader<MetricsChanged> Changes => channel.Reader;

        public void Dispose() => watcher.Leave(channel);
    }
}
