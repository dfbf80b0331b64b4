using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace PulseBoard.Verify;

/// <summary>
/// A client as the README asks for: every event has an id of its own, and is sent again under that id until it is acknowledged.
/// It writes down each id that was.
/// </summary>
internal sealed class Poster(Uri address, string key)
{
    private const int Workers = 8;
    private const int People = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastEventLimit = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<Guid> _acknowledged = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private int _posts;
    private int _retries;
    private int _abandoned;
    private long _lastAcknowledgement = Stopwatch.GetTimestamp();
    private TimeSpan _longestGap;
    private readonly Lock _gap = new();

    /// <summary>Posts until the time is over or SIGTERM comes, and then until the events under way are acknowledged.</summary>
    /// <returns>0 when every event that was sent is acknowledged.</returns>
    public async Task<int> RunAsync(TimeSpan limit, string idsPath)
    {
        using var ending = new CancellationTokenSource(limit);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            ending.Cancel();
        });

        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = AnswerLimit };
        if (key.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(client, worker, ending.Token)));
        await File.WriteAllLinesAsync(idsPath, _acknowledged.Select(id => id.ToString()));

        Console.WriteLine(
            $"posts={_posts} acknowledged={_acknowledged.Count} retried={_retries} abandoned={_abandoned} " +
            $"seconds={Stopwatch.GetElapsedTime(started).TotalSeconds:F1} longest_gap={_longestGap.TotalSeconds:F1} " +
            $"answers_other_than_202=[{string.Join(", ", _refusals.Select(refusal => $"{refusal.Key}: {refusal.Value}"))}]");
        return _abandoned == 0 ? 0 : 1;
    }

    private async Task WorkAsync(HttpClient client, int worker, CancellationToken ending)
    {
        for (var number = 0; !ending.IsCancellationRequested; number++)
        {
            var id = Guid.CreateVersion7();
            var type = number % 2 == 0 ? "task_created" : "task_completed";
            var body = $$"""{"user":"verify-{{(worker + number) % People}}","type":"{{type}}","event_id":"{{id}}"}""";

            if (!await SendAsync(client, body, ending))
            {
                Interlocked.Increment(ref _abandoned);
                return;
            }

            _acknowledged.Enqueue(id);
            NoteAcknowledgement();
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    // Until it is acknowledged: also after the end of the run, for as long as a deployment may take to come back.
    private async Task<bool> SendAsync(HttpClient client, string body, CancellationToken ending)
    {
        long? endedAt = null;
        while (true)
        {
            Interlocked.Increment(ref _posts);
            switch (await TrySendAsync(client, body))
            {
                case HttpStatusCode.Accepted:
                    return true;
                case >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests:
                    return false;
            }

            endedAt ??= ending.IsCancellationRequested ? Stopwatch.GetTimestamp() : null;
            if (endedAt is { } end && Stopwatch.GetElapsedTime(end) > LastEventLimit)
            {
                return false;
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(RetryPause, CancellationToken.None);
        }
    }

    private async Task<HttpStatusCode?> TrySendAsync(HttpClient client, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(address, content);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                _refusals.AddOrUpdate($"{(int)response.StatusCode}", 1, (_, count) => count + 1);
            }

            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            _refusals.AddOrUpdate(exception is OperationCanceledException ? "no answer" : "no connection", 1, (_, count) => count + 1);
            return null;
        }
    }

    private void NoteAcknowledgement()
    {
        lock (_gap)
        {
            var gap = Stopwatch.GetElapsedTime(_lastAcknowledgement);
            _longestGap = gap > _longestGap ? gap : _longestGap;
            _lastAcknowledgement = Stopwatch.GetTimestamp();
        }
    }
}
