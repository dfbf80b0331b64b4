using System.Globalization;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Pages;

/// <summary>What the overview moves over the network: on a first visit, and while it is open and nothing happens.</summary>
internal static class OverviewTraffic
{
    private const string ChartLibrary = "/lib/echarts/";
    private const int ToldResources = 8;
    private const double Kilobyte = 1_024;

    // Several of the stream's heartbeats.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);

    // What a visit ends with is over.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private static readonly Goal FirstVisit = Goal.AtMost(350);
    private static readonly Goal Idle = Goal.AtMost(20);

    /// <summary>Visits, looks on, and reports.</summary>
    public static async Task MeasureAsync(BenchRun run, Chromium browser, CancellationToken cancellationToken)
    {
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            rounds.Add(await VisitAsync(run, browser, cancellationToken));
            run.Report.Tell($"traffic, round {number}\n  {rounds[^1]}");
        }

        run.Report.Add(new("first visit but for the chart library", Median.Of(rounds, round => round.Page), "KB", FirstVisit));
        run.Report.Add(new("chart library", Median.Of(rounds, round => round.Library), "KB"));
        run.Report.Add(new("open page while nothing happens", Median.Of(rounds, round => round.IdlePerSecond), "KB/s", Idle));
    }

    private static async Task<Round> VisitAsync(BenchRun run, Chromium browser, CancellationToken cancellationToken)
    {
        await using var context = await browser.CreateContextAsync();
        await PageVisit.PrepareAsync(context);
        var page = await context.NewPageAsync();
        var traffic = await WireTraffic.WatchAsync(page);
        await PageVisit.MakeAsync(page, run.System.Web);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Task.Delay(Settling, cancellationToken);

        var (resources, before) = (traffic.Resources, traffic.Bytes);
        await Task.Delay(IdleTime, cancellationToken);
        return new(resources, (traffic.Bytes - before) / Kilobyte / IdleTime.TotalSeconds);
    }

    private sealed record Round(IReadOnlyList<WireTraffic.Resource> Resources, double IdlePerSecond)
    {
        public double Page => Sum(isLibrary: false);

        public double Library => Sum(isLibrary: true);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"first visit {Page:0.0} KB in {Resources.Count} answers, and {Library:0.0} KB of the chart library; idle {IdlePerSecond:0.00} KB/s")
            + string.Concat(Resources.OrderByDescending(resource => resource.Bytes).Take(ToldResources).Select(resource =>
                string.Create(CultureInfo.InvariantCulture, $"\n    {resource.Bytes / Kilobyte,7:0.0} KB {resource.Address.AbsolutePath}")));

        private double Sum(bool isLibrary) => Resources
            .Where(resource => resource.Address.AbsolutePath.StartsWith(ChartLibrary, StringComparison.Ordinal) == isLibrary)
            .Sum(resource => resource.Bytes) / Kilobyte;
    }
}
