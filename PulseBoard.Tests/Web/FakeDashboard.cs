using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Contracts;

namespace PulseBoard.Tests.Web;

/// <summary>
/// The two endpoints of the Dashboard that Web reads. Each summary says how many were asked for before it: one person with so
/// many events.
/// </summary>
internal sealed class FakeDashboard : IAsyncDisposable
{
    private readonly Channel<Stream> _streams = Channel.CreateUnbounded<Stream>();
    private readonly TaskCompletionSource _firstSummaryAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer? _server;
    private int _summaries;
    private int _concurrent;
    private int _mostConcurrent;

    private FakeDashboard()
    {
    }

    public Uri Address => _server!.Address;

    /// <summary>Status of the next answers; 200 lets them through.</summary>
    public int StreamStatus { get; set; } = StatusCodes.Status200OK;

    public int SummaryStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>Awaited by each summary before it answers.</summary>
    public Task SummaryGate { get; set; } = Task.CompletedTask;

    public Task FirstSummaryAsked => _firstSummaryAsked.Task;

    public int MostConcurrentSummaries => _mostConcurrent;

    /// <summary>How many summaries were asked for.</summary>
    public int Summaries => _summaries;

    public static async Task<FakeDashboard> StartAsync()
    {
        var fake = new FakeDashboard();
        fake._server = await LocalServer.StartAsync(app =>
        {
            app.MapGet("/api/metrics/summary", fake.SummaryAsync);
            app.MapGet("/api/metrics/stream", fake.StreamAsync);
        });
        return fake;
    }

    /// <summary>The next connection to the stream.</summary>
    public Task<Stream> NextStreamAsync() => _streams.Reader.ReadAsync().AsTask().WaitAsync(WebLimits.Wait);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task<IResult> SummaryAsync()
    {
        var concurrent = Interlocked.Increment(ref _concurrent);
        InterlockedMax(ref _mostConcurrent, concurrent);
        var number = Interlocked.Increment(ref _summaries);

        _firstSummaryAsked.TrySetResult();
        await SummaryGate;
        Interlocked.Decrement(ref _concurrent);

        return SummaryStatus == StatusCodes.Status200OK
            ? Results.Text(
                $$"""[{"user_id":"alex@example.com","total_events":{{number}},"total_tasks_created":1,"total_tasks_completed":0}]""",
                "application/json")
            : Results.StatusCode(SummaryStatus);
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.StatusCode = StreamStatus;

        if (StreamStatus == StatusCodes.Status200OK)
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);

            var stream = new Stream(context);
            _streams.Writer.TryWrite(stream);
            await stream.Ended;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    /// <summary>One connection to the stream, on which the test speaks.</summary>
    internal sealed class Stream(HttpContext context)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));

        public Task ChangeAsync(long? version) => SendAsync(
            MetricsChanged.EventType, $$"""{"version":{{Json(version)}},"changed_at":"2026-01-01T00:00:00Z"}""");

        public Task HeartbeatAsync(long? version) => SendAsync(
            MetricsHeartbeat.EventType, $$"""{"version":{{Json(version)}},"at":"2026-01-01T00:00:00Z"}""");

        public void End() => _ended.TrySetResult();

        private static string Json(long? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "null";

        private async Task SendAsync(string eventType, string data)
        {
            await context.Response.WriteAsync($"event: {eventType}\ndata: {data}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
