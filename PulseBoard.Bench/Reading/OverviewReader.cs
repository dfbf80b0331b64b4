using System.Diagnostics;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Reading;

/// <summary>
/// Somebody with an overview open: it listens to the stream, and on a notice asks everything anew that the page shows, at most once a
/// second.
/// </summary>
internal sealed class OverviewReader : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly DashboardConnection _dashboard;
    private readonly string[] _questions;
    private StreamListener? _stream;
    private Task _reading = Task.CompletedTask;

    private OverviewReader(Uri dashboard, IEnumerable<string> questions) => (_dashboard, _questions) = (new(dashboard), [.. questions]);

    /// <summary>How long answers took.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>How many answers came from where.</summary>
    public Dictionary<string, long> Statuses { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens the page.</summary>
    /// <param name="dashboard">The read API.</param>
    /// <param name="questions">What the page shows: paths and queries, escaped.</param>
    /// <param name="cancellationToken">Gives up opening it.</param>
    public static async Task<OverviewReader> OpenAsync(Uri dashboard, IEnumerable<string> questions, CancellationToken cancellationToken)
    {
        var reader = new OverviewReader(dashboard, questions);
        reader._stream = await StreamListener.OpenAsync(dashboard, (_, _) => reader.Hear(), cancellationToken);
        await reader.AskAsync(cancellationToken);
        reader._reading = reader.ReadAsync(reader._closed.Token);
        return reader;
    }

    /// <summary>Closes the page.</summary>
    /// <exception cref="BenchmarkException">It could not be read all the time.</exception>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException)
        {
            // It is closed.
        }

        _stream?.Dispose();
        _dashboard.Dispose();
        _news.Dispose();
        _closed.Dispose();
    }

    // One thread at a time tells, and one takes: a notice that comes meanwhile is in the next look.
    private void Hear()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var begun = Stopwatch.GetTimestamp();
            await _news.WaitAsync(cancellationToken);
            await AskAsync(cancellationToken);
            if (ShortestPause - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } left)
            {
                await Task.Delay(left, cancellationToken);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (var question in _questions)
        {
            var (answer, taken) = await _dashboard.AskAsync(question, cancellationToken, allowsStale: true);
            Latencies.Record(taken);
            var status = answer.Headers().GetValueOrDefault(DashboardConnection.CacheStatus, "not cached");
            Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        }
    }
}
