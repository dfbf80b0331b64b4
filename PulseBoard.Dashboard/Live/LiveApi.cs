using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Live;

/// <summary>The live stream of the read API.</summary>
internal static class LiveApi
{
    public static void MapLiveApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/metrics/stream", GetStream)
            .WithTags("Metrics")
            .WithName("GetMetricsStream")
            .WithSummary("Says when metrics change, as server-sent events.")
            .WithDescription("'metrics' comes at once and with each change, at most five times a second; 'heartbeat' where nothing changes.");
    }

    private static ServerSentEventsResult<object> GetStream(
        MetricsWatcher watcher,
        IOptions<LiveOptions> options,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        HttpContext context)
    {
        // Said to proxies that would hold back what they forward.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(StreamAsync(watcher, options.Value.Heartbeat, time, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<object>> StreamAsync(
        MetricsWatcher watcher,
        TimeSpan heartbeat,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken aborted)
    {
        using var listener = watcher.Listen();

        // The service does not wait for its listeners when it stops: they end here, and come back.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        Task<bool>? next = null;
        while (true)
        {
            next ??= listener.Changes.WaitToReadAsync(ending.Token).AsTask();
            SseItem<object> item;
            try
            {
                await next.WaitAsync(heartbeat, time, ending.Token);
                next = null;
                if (!listener.Changes.TryRead(out var change))
                {
                    continue;
                }

                item = new(change, MetricsChanged.EventType) { EventId = change.Version?.ToString(CultureInfo.InvariantCulture) };
            }
            catch (TimeoutException)
            {
                item = new(new MetricsHeartbeat(watcher.Latest.Version, time.GetUtcNow()), MetricsHeartbeat.EventType);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            yield return item;
        }
    }
}
