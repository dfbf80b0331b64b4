using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using PulseBoard.ServiceDefaults.Telemetry;
using StackExchange.Redis;

namespace PulseBoard.Dashboard.Live;

/// <summary>
/// Learns when metrics change, and has every listener told: one subscription of the process serves all of its streams. It also
/// looks at the version now and then, so that a lost notice costs seconds; and while Redis cannot say, it takes each look for a
/// change, so that readers go on asking Postgres.
/// </summary>
internal sealed partial class MetricsWatcher(
    RedisConnection connection,
    RedisAnswers answers,
    KnownVersion known,
    MetricsFeed feed,
    IOptions<LiveOptions> options,
    DashboardTelemetry telemetry,
    TimeProvider time,
    ILogger<MetricsWatcher> logger) : BackgroundService
{
    private static readonly RedisChannel ChangedChannel = new(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal);

    private bool _subscribed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            var (told, since) = (feed.Latest, known.Sequence);
            var version = await answers.GetVersionAsync(limit.Token);
            known.Looked(since, version);
            if (version == told.Version)
            {
                return;
            }

            if (told.Version is not null)
            {
                // Mostly the notice is on its way.
                await Task.Delay(options.Value.NoticePatience, time, cancellationToken);
            }

            feed.TellVersion(told, version);
        }
#pragma warning disable CA1031 // Whatever Redis or its client made of it, the next look comes; the service goes on.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogWithoutRedis(exception.Message);
            known.Lose();
            feed.TellVersion(feed.Latest, version: null);
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
            DashboardTelemetry.Told(span, feed.Tell(notice));
        }
    }

    [LoggerMessage(LogLevel.Debug, "The metrics version is not known: {Reason}")]
    private partial void LogWithoutRedis(string reason);
}
