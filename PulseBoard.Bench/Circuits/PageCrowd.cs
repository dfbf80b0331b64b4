using System.Diagnostics;
using System.Text;
using PulseBoard.Bench.Reading;

namespace PulseBoard.Bench.Circuits;

/// <summary>Many open pages, and when each of them is rendered with something new.</summary>
internal sealed class PageCrowd : IAsyncDisposable
{
    // Opening costs the server more than having opened.
    private const int OpenedAtOnce = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CircuitPage[] _pages;
    private volatile Sight? _awaited;

    private PageCrowd(int count) => _pages = new CircuitPage[count];

    /// <summary>How many renderings each page got since it was opened.</summary>
    public IReadOnlyList<long> Batches => [.. _pages.Select(page => page.Batches)];

    /// <summary>The bytes of all of them, before compression.</summary>
    public long Bytes => _pages.Sum(page => page.Bytes);

    /// <summary>Opens pages of one address, and waits until all are interactive.</summary>
    /// <exception cref="BenchmarkException">One of them does not become so.</exception>
    public static async Task<PageCrowd> OpenAsync(Uri address, int count, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var crowd = new PageCrowd(count);
        try
        {
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellationToken },
                async (number, token) =>
                    crowd._pages[number] = await CircuitPage.OpenAsync(client, address, (content, at) => crowd.Rendered(number, content, at), token));
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a change, and waits until every page was rendered with it.</summary>
    /// <param name="text">What it puts on the page, and nothing before has.</param>
    /// <param name="change">Makes it.</param>
    /// <returns>How long after the change the rendering came to each page.</returns>
    /// <exception cref="BenchmarkException">One of them did not get it.</exception>
    public async Task<IReadOnlyList<TimeSpan>> WatchAsync(string text, Func<Task> change)
    {
        var sight = new Sight(Encoding.UTF8.GetBytes(text), new(_pages.Length));
        _awaited = sight;
        await change();
        var changed = Stopwatch.GetTimestamp();
        try
        {
            await sight.By.Everybody.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            var failures = _pages.Select(page => page.Failure).OfType<string>().ToArray();
            throw new BenchmarkException(
                $"Within {Limit.TotalSeconds:0} s {sight.By.Left} of {_pages.Length} pages were not rendered with '{text}'; {failures.Length} had failed. {failures.FirstOrDefault()}");
        }

        _awaited = null;
        return sight.By.After(changed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages.OfType<CircuitPage>())
        {
            await page.DisposeAsync();
        }
    }

    private void Rendered(int page, byte[] content, long at)
    {
        if (_awaited is { } sight && content.AsSpan().IndexOf(sight.Text) >= 0)
        {
            sight.By.Told(page, at);
        }
    }

    private sealed record Sight(byte[] Text, RollCall By);
}
