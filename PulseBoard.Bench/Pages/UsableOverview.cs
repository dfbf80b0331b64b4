using PulseBoard.Bench.Browsing;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Pages;

/// <summary>How soon somebody can read and use the overview who was never there, and somebody who comes again.</summary>
internal static class UsableOverview
{
    private const int Visits = 7;

    // Of a server that was never asked: its code is compiled, and its answers are computed.
    private const int WarmUps = 4;

    private static readonly Goal Cold = Goal.AtMost(1_500);
    private static readonly Goal Warm = Goal.AtMost(700);

    /// <summary>Makes the visits, and reports them.</summary>
    public static async Task MeasureAsync(BenchRun run, Chromium browser, CancellationToken cancellationToken)
    {
        for (var visit = 0; visit < WarmUps; visit++)
        {
            await VisitTwiceAsync(run, browser, cancellationToken);
        }

        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var visits = new List<(PageVisit First, PageVisit Second)>();
            for (var visit = 0; visit < Visits; visit++)
            {
                visits.Add(await VisitTwiceAsync(run, browser, cancellationToken));
            }

            rounds.Add(new([.. visits.Select(visit => visit.First)], [.. visits.Select(visit => visit.Second)]));
            run.Report.Tell($"overview, round {number}\n  {rounds[^1]}");
        }

        Report("first visit", round => round.First, Cold);
        Report("second visit", round => round.Second, Warm);

        void Report(string name, Func<Round, PageVisit[]> visits, Goal goal)
        {
            run.Report.Add(new($"overview usable, {name}", Median.Of(rounds, round => Median.Of(visits(round), visit => visit.Usable)), "ms", goal));
            run.Report.Add(new($"overview painted, {name}", Median.Of(rounds, round => Median.Of(visits(round), visit => visit.FirstPaint)), "ms"));
        }
    }

    private static async Task<(PageVisit First, PageVisit Second)> VisitTwiceAsync(BenchRun run, Chromium browser, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var context = await browser.CreateContextAsync();
        await PageVisit.PrepareAsync(context);
        return (await VisitAsync(), await VisitAsync());

        async Task<PageVisit> VisitAsync()
        {
            var page = await context.NewPageAsync();
            var visit = await PageVisit.MakeAsync(page, run.System.Web);
            await page.CloseAsync();
            return visit;
        }
    }

    private sealed record Round(PageVisit[] First, PageVisit[] Second)
    {
        public override string ToString() => $"first visits:  {string.Join(", ", (object[])First)}\n  second visits: {string.Join(", ", (object[])Second)}";
    }
}
