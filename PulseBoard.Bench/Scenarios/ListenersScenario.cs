using System.Globalization;
using System.Net.Http.Json;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// From a 202 to the notice on open streams, with one listener and with thousands, and what these take of the Dashboard's memory. The
/// event is counted after its 202, so it is a little longer than from the change itself. Linux only, for the memory.
/// </summary>
internal sealed class ListenersScenario : IScenario
{
    // Some posts come while the notifier still waits after the notice before, as changes at random do.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(600);

    private const int WarmUps = 5;
    private const string Service = "dashboard";

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (one, many) = (new List<Round>(), new List<Round>());
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            one.Add(await MeasureAsync(run, 1, number, cancellationToken));
            many.Add(await MeasureAsync(run, run.Options.Listeners, number, cancellationToken));
        }

        Report("1 listener", one, Goal.AtMost(200), null);
        Report(string.Create(CultureInfo.InvariantCulture, $"{run.Options.Listeners:N0} listeners"), many, null, Goal.AtMost(1_000));
        ReportMemory("before", round => round.Before);
        ReportMemory(string.Create(CultureInfo.InvariantCulture, $"with {run.Options.Listeners:N0} listeners"), round => round.Open, Goal.AtMost(150));
        ReportMemory("after all notices", round => round.After, Goal.AtMost(150));

        void ReportMemory(string when, Func<Round, Memory> memory, Goal? goal = null)
        {
            run.Report.Add(new($"Dashboard {when}: resident", Median.Of(many, round => memory(round).Resident), "MB"));
            run.Report.Add(new($"Dashboard {when}: proportional", Median.Of(many, round => memory(round).Proportional), "MB", goal));
        }

        void Report(string name, List<Round> rounds, Goal? p95, Goal? most)
        {
            run.Report.Add(new($"202 to notice, {name}: p50", Median.Of(rounds, round => round.Notices.At(0.5)), "ms"));
            run.Report.Add(new($"202 to notice, {name}: p95", Median.Of(rounds, round => round.Notices.At(0.95)), "ms", p95));
            run.Report.Add(new($"202 to notice, {name}: max", Median.Of(rounds, round => round.Notices.At(1)), "ms", most));
        }
    }

    private static async Task<Round> MeasureAsync(BenchRun run, int listeners, int number, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = run.System.Activity };
        var before = Memory.Of(run);
        await using var crowd = await ListenerCrowd.OpenAsync(run.System.Dashboard, listeners, cancellationToken);
        var open = Memory.Of(run);

        var notices = new List<TimeSpan>();
        for (var post = -WarmUps; post < run.Options.Requests; post++)
        {
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), cancellationToken);
            var told = await crowd.WatchAsync(PostAsync);
            if (post >= 0)
            {
                notices.AddRange(told);
            }
        }

        var round = new Round(before, open, Memory.Of(run), new(notices.Select(notice => notice.TotalMilliseconds)));
        run.Report.Tell(string.Create(CultureInfo.InvariantCulture, $"listeners, {listeners:N0} at once, round {number}\n  {round}"));
        return round;

        async Task PostAsync()
        {
            var user = $"{Guid.NewGuid():N}{LoadEvent.Domain("listeners")}";
            using var response = await client.PostAsJsonAsync(LoadPlan.SinglePath, new { user, type = LoadEvent.Types[0] }, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    private sealed record Round(Memory Before, Memory Open, Memory After, Percentiles Notices)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"202 to notice {Notices}\n  memory before {Before}, with all open {Open}, after the notices {After}");
    }

    /// <summary>What the service takes, in megabytes: with all that it shares with other processes, and with its part of that.</summary>
    private sealed record Memory(double Resident, double Proportional)
    {
        public static Memory Of(BenchRun run) => new(ProcessMemory.Resident(run.System.Own, Service), ProcessMemory.Proportional(run.System.Own, Service));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resident:0} MB ({Proportional:0} MB proportionally)");
    }
}
