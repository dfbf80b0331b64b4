using PulseBoard.Bench.Browsing;
using PulseBoard.Bench.Pages;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Seeding;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// The overview as people have it: how soon it is usable, what it moves over the network, and, in a system of its own, what many open
/// ones take while events come in.
/// </summary>
internal sealed class PagesScenario : IScenario
{
    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await OwnHistory.SeedAsync(run, new SeedOptions(), cancellationToken);
        await using var browser = await Chromium.LaunchAsync();
        (string Name, Func<Task> MeasureAsync)[] parts =
        [
            ("usable", () => UsableOverview.MeasureAsync(run, browser, cancellationToken)),
            ("traffic", () => OverviewTraffic.MeasureAsync(run, browser, cancellationToken)),
            ("dashboards", () => run.System.IsOwn ? new OpenDashboards(run, browser).MeasureAsync(cancellationToken) : Task.CompletedTask),
        ];
        foreach (var part in parts.Where(part => part.Name.Contains(run.Options.Only ?? "", StringComparison.Ordinal)))
        {
            await part.MeasureAsync();
        }

        run.Report.Tell(string.Concat(browser.Errors.Select(error => $"the browser: {error}\n")));
        run.Report.Add(new("errors in the browser", browser.Errors.Count, "", Goal.AtMost(0)));
    }
}
