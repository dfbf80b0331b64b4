using System.Globalization;
using Microsoft.Playwright;

namespace PulseBoard.Bench.Browsing;

/// <summary>A visit to a page with charts, by the page's own clock, which begins with the navigation.</summary>
/// <param name="Usable">Milliseconds until every chart was drawn and the page answered to its user.</param>
/// <param name="FirstPaint">Milliseconds until it had painted something.</param>
internal sealed record PageVisit(double Usable, double FirstPaint)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // In the page before any script of its own. charts/chart.js sets data-chart on what it has drawn.
    private const string Clocks = """
        globalThis.visit = {
            usable: new Promise(resolve => {
                const isUsable = () => document.querySelector('[data-interactive=true]')
                    && document.querySelector('.chart-canvas')
                    && !document.querySelector('.chart-canvas:not([data-chart]), [data-panel-state=pending]');
                const observer = new MutationObserver(() => isUsable() && (observer.disconnect(), resolve(performance.now())));
                observer.observe(document, { subtree: true, childList: true, attributes: true });
            }),
            firstPaint: new Promise(resolve => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')
                .forEach(entry => resolve(entry.startTime))).observe({ type: 'paint', buffered: true })),
        };
        """;

    private const string Read = "() => Promise.all([globalThis.visit.usable, globalThis.visit.firstPaint])";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Usable:0} ms (first paint {FirstPaint:0} ms)");

    /// <summary>Makes pages of a context measure their visits.</summary>
    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(Clocks);

    /// <summary>Visits a page.</summary>
    /// <param name="page">One of a prepared context.</param>
    /// <param name="address">Where it goes.</param>
    /// <exception cref="BenchmarkException">It does not become usable.</exception>
    public static async Task<PageVisit> MakeAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = (float)Limit.TotalMilliseconds });
        try
        {
            var times = await page.EvaluateAsync<double[]>(Read).WaitAsync(Limit);
            return new(times[0], times[1]);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"The page was not usable within {Limit.TotalSeconds:0} s: its charts were not drawn, or it has none.");
        }
    }
}
