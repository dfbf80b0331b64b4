using System.Globalization;
using Microsoft.Playwright;

namespace PulseBoard.Bench.Browsing;

/// <summary>Waits for a person's figures on an open page, which are in its list of people.</summary>
internal static class PersonOnPage
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Resolves with the page's clock once the person's row shows the count: after the change of the DOM, in the next frame.
    private const string WhenShown = """
        ([user, count]) => new Promise(resolve => {
            const shown = () => document.querySelector(`[data-user="${user}"] [data-metric=events]`)?.textContent.trim() === count;
            const check = () => shown() && (observer.disconnect(), requestAnimationFrame(() => resolve(Date.now())));
            const observer = new MutationObserver(check);
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
            check();
        })
        """;

    /// <summary>Begins to watch.</summary>
    /// <param name="page">The page.</param>
    /// <param name="user">The person.</param>
    /// <param name="count">How many events of theirs it will show.</param>
    /// <returns>The milliseconds of this machine's clock when it shows them, for <see cref="ShownAsync"/>.</returns>
    public static Task<double> WatchAsync(IPage page, string user, int count) =>
        page.EvaluateAsync<double>(WhenShown, new[] { user, count.ToString("N0", CultureInfo.InvariantCulture) });

    /// <summary>Waits until the page shows them.</summary>
    /// <param name="watched">What <see cref="WatchAsync"/> returned.</param>
    /// <param name="acknowledged">When the event was acknowledged.</param>
    /// <returns>How many milliseconds later it was. A page may be faster than the answer's way to this client: that is no wait at all.</returns>
    /// <exception cref="BenchmarkException">It does not show them.</exception>
    public static async Task<double> ShownAsync(Task<double> watched, DateTimeOffset acknowledged)
    {
        try
        {
            return Math.Max(0, await watched.WaitAsync(Limit) - acknowledged.ToUnixTimeMilliseconds());
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException(
                $"The page did not show the event within {Limit.TotalSeconds:0} s. Its table has room for the busiest people only.");
        }
    }
}
