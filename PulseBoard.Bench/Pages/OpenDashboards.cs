using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Bench.Circuits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;
using PulseBoard.Bench.Systems;
using PulseBoard.Contracts;

namespace PulseBoard.Bench.Pages;

/// <summary>
/// What many open overviews take of Web while events come in, and how soon each of them shows one. One is in a browser, the others are
/// circuits: so many browsers do not fit beside what is measured. Linux only, for the memory.
/// </summary>
internal sealed class OpenDashboards(BenchRun run, Chromium browser)
{
    private const int MostMarks = 8;

    // Events of the load would push them out of the feed at once: theirs happen a little later than all of those.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private const string Service = "web";
    private const double UsualRate = 1_000;
    private const int Connections = 16;
    private const double Kilobyte = 1_024;

    // Some events come while an answer is still being asked for, as events at random do.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Goal Memory = Goal.AtMost(400);
    private static readonly Goal Cores = Goal.AtMost(1);
    private static readonly Goal Shown = Goal.AtMost(1_000);

    private readonly int _count = run.Options.Dashboards;

    /// <summary>Opens them in each round, and reports.</summary>
    /// <exception cref="BenchmarkException">One of them stays as it was, or fails.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var dashboard = new HttpClient { BaseAddress = run.System.Dashboard };
        var people = await dashboard.GetFromJsonAsync<UserSummary[]>("api/metrics/summary", Json, cancellationToken);
        var load = run.Plan(Connections) with
        {
            RequestsPerSecond = run.Options.Rate ?? UsualRate,
            Users = [.. people!.Select(person => person.UserId)],
        };

        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            rounds.Add(await MeasureAsync(load, cancellationToken));
            run.Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{_count} dashboards, round {number}\n  {rounds[^1]}"));
        }

        Report(rounds);
    }

    private async Task<Round> MeasureAsync(LoadPlan load, CancellationToken cancellationToken)
    {
        var before = ProcessMemory.Resident(run.System.Own, Service);
        await using var page = await OpenPage.InAsync(browser, run.System.Web);
        await using var crowd = await PageCrowd.OpenAsync(run.System.Web, _count - 1, cancellationToken);

        var loading = LoadProcess.RunAsync(load, cancellationToken);
        await Task.Delay(run.WarmUp, cancellationToken);
        var (begun, processor, batches, bytes) = (Stopwatch.GetTimestamp(), ProcessTime.Of(run.System.Own, Service), crowd.Batches, crowd.Bytes);
        var (browserMarks, crowdMarks) = await MarkAsync(page.Page, crowd, begun, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var cores = (ProcessTime.Of(run.System.Own, Service) - processor) / elapsed;
        var rendered = crowd.Batches.Zip(batches, (after, earlier) => after - earlier).ToArray();
        return rendered.Min() > 0
            ? new(
                await loading,
                before,
                ProcessMemory.Resident(run.System.Own, Service),
                ProcessMemory.Proportional(run.System.Own, Service),
                cores,
                rendered.Average() / elapsed.TotalSeconds,
                (crowd.Bytes - bytes) / Kilobyte / rendered.Length / elapsed.TotalSeconds,
                new(browserMarks),
                new(crowdMarks))
            : throw new BenchmarkException("An open dashboard was not rendered at all.");
    }

    /// <summary>Sends events of people whom no page shows yet, one after the other, until the time is over.</summary>
    private async Task<(List<double> Browser, List<double> Crowd)> MarkAsync(IPage page, PageCrowd crowd, long begun, CancellationToken cancellationToken)
    {
        using var activity = new HttpClient { BaseAddress = run.System.Activity };
        var (browserMarks, crowdMarks) = (new List<double>(), new List<double>());
        for (var marks = 0; marks < MostMarks && Stopwatch.GetElapsedTime(begun) < run.Duration; marks++)
        {
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), cancellationToken);
            var user = $"{Guid.NewGuid():N}{LoadEvent.Domain("pages")}";
            var watched = PersonOnPage.WatchFeedAsync(page, user);
            var acknowledged = DateTimeOffset.MinValue;
            var shown = await crowd.WatchAsync(user, async () =>
            {
                var mark = new { user, type = LoadEvent.Types[0], timestamp = DateTimeOffset.UtcNow + Ahead };
                using var response = await activity.PostAsJsonAsync(LoadPlan.SinglePath, mark, cancellationToken);
                acknowledged = DateTimeOffset.UtcNow;
                response.EnsureSuccessStatusCode();
            });
            crowdMarks.AddRange(shown.Select(time => time.TotalMilliseconds));
            browserMarks.Add(await PersonOnPage.ShownAsync(watched, acknowledged));
        }

        var left = run.Duration - Stopwatch.GetElapsedTime(begun);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
        return (browserMarks, crowdMarks);
    }

    private void Report(List<Round> rounds)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_count} dashboards");
        Add("load", round => round.Load.EventsPerSecond, "events/s");
        Add("Web, resident", round => round.Resident, "MB", Memory);
        Add("Web, proportional", round => round.Proportional, "MB", Memory);
        Add("Web, processors", round => round.Cores, "cores", Cores);
        Add("202 to rendering on a circuit: p50", round => round.Circuits.At(0.5), "ms");
        Add("202 to rendering on a circuit: p95", round => round.Circuits.At(0.95), "ms");
        Add("202 to rendering on a circuit: max", round => round.Circuits.At(1), "ms", Shown);
        Add("202 to the page in a browser: p50", round => round.Browser.At(0.5), "ms");
        Add("202 to the page in a browser: max", round => round.Browser.At(1), "ms", Shown);
        Add("renderings of each", round => round.BatchesPerSecond, "/s");
        Add("renderings of each, before compression", round => round.KilobytesPerSecond, "KB/s");
        run.Report.Add(new($"{name}: errors of the load", rounds.Sum(round => round.Load.ErrorCount), "", Goal.AtMost(0)));

        void Add(string what, Func<Round, double> figure, string unit, Goal? goal = null) => run.Report.Add(new($"{name}: {what}", Median.Of(rounds, figure), unit, goal));
    }

    private sealed record Round(
        LoadResult Load,
        double Before,
        double Resident,
        double Proportional,
        double Cores,
        double BatchesPerSecond,
        double KilobytesPerSecond,
        Percentiles Browser,
        Percentiles Circuits)
    {
        public override string ToString() => $"load {Load}\n  " + string.Create(
            CultureInfo.InvariantCulture,
            $"Web: {Cores:0.00} cores, {Resident:0} MB ({Proportional:0} MB proportionally, {Before:0} MB resident before)\n  each rendered {BatchesPerSecond:0.0} times a second, {KilobytesPerSecond:0.0} KB/s\n  202 to rendering on a circuit {Circuits}\n  202 to the page in a browser  {Browser}");
    }

    /// <summary>A page whose browser forgets everything when it is closed.</summary>
    private sealed class OpenPage(IPage page) : IAsyncDisposable
    {
        public IPage Page => page;

        public static async Task<OpenPage> InAsync(Chromium browser, Uri address) => new(await browser.OpenAsync(address));

        public ValueTask DisposeAsync() => page.Context.DisposeAsync();
    }
}
