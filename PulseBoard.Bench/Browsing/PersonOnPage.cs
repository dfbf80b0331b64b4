using System.Globalization;
using Microsoft.Playwright;

namespace PulseBoard.Bench.Browsing;

/// <summary>Waits for a person on an open page: for figures in its list of people, or for an event in its feed.</summary>
internal static class PersonOnPage
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Resolves with the page's clock once the element shows the text: after the change of the DOM, in the next frame.
    private const string WhenShown = """
        ([selector, text]) => new Promise(resolve => {
            const shown = () => document.querySelector(selector)?.textContent.trim() === text;
            const check = () => shown() && (observer.disconnect(), requestAnimationFrame(() => resolve(Date.now())));
            const observer = new MutationObserver(check);
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
            check();
        })
        """;

    /// <summary>Begins to watch the list of people.</summary>
    /// <param name="page">The page.</param>
    /// <param name="user">The person.</param>
    /// <param name="count">How many events of theirs it will show.</param>
    /// <returns>The milliseconds of this machine's clock when it shows them, for <see cref="ShownAsync"/>.</returns>
    public static Task<double> WatchAsync(IPage page, string user, int count) =>
        page.EvaluateAsync<double>(WhenShown, new[] { $"[data-user='{user}'] [data-metric=events]", count.ToString("N0", CultureInfo.InvariantCulture) });

    /// <summary>Begins to watch the feed.</summary>
    /// <param name="page">The page.</param>
    /// <param name="user">Whose event it will have.</param>
    /// <returns>As the other one.</returns>
    public static Task<double> WatchFeedAsync(IPage page, string user) => page.EvaluateAsync<double>(WhenShown, new[] { $".feed a[title='{user}']", user });

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
                $"The page did not show the event within {Limit.TotalSeconds:0} s. Its list has room for the busiest people, and its feed for the newest events.");
        }
    }
}
