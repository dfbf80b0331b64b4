using System.Globalization;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Ingestion at full load alone and beside people who look at an overview, in turn. Their client shares the machine, too, and what it
/// takes counts as what they cost.
/// </summary>
internal sealed class BesideScenario : IScenario
{
    private const int Connections = 64;
    private const double Share = 0.85;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await OwnHistory.SeedAsync(run, new(), cancellationToken);
        var overviews = Overviews(await ReadSubjects.AskAsync(run.System.Dashboard, cancellationToken));
        var load = new PulseBoardLoad(run);
        var connections = run.Options.ConnectionsOr(Connections)[0];
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var alone = await load.RunAsync(run.Plan(connections), cancellationToken);
            var readers = await OpenAsync(run, overviews, cancellationToken);
            LoadResult beside;
            try
            {
                beside = await load.RunAsync(run.Plan(connections), cancellationToken);
            }
            finally
            {
                await CloseAsync(readers);
            }

            rounds.Add(new(alone, beside, readers));
            run.Report.Tell($"beside, round {number}\n  {rounds[^1]}");
        }

        var (without, with) = (Median.Of(rounds, round => round.Alone.EventsPerSecond), Median.Of(rounds, round => round.Beside.EventsPerSecond));
        run.Report.Add(new($"single events, {connections} connections, alone", without, "events/s"));
        run.Report.Add(new($"single events, {connections} connections, beside {run.Options.Readers} readers", with, "events/s"));
        run.Report.Add(new("share of the rate alone", with / without, "", Goal.AtLeast(Share)));
        run.Report.Add(new("readers: answers", Median.Of(rounds, round => round.Reading.Count), ""));
        run.Report.Add(new("readers: p50", Median.Of(rounds, round => round.Reading.At(0.5).TotalMilliseconds), "ms"));
        run.Report.Add(new("readers: p95", Median.Of(rounds, round => round.Reading.At(0.95).TotalMilliseconds), "ms"));
        load.Report("beside");
    }

    // People look at the same few things.
    private static string[][] Overviews(ReadSubjects subjects)
    {
        string[] filters =
        [
            "",
            ReadQuestions.Parameter("team", subjects.Teams[0]),
            ReadQuestions.Parameter("team", subjects.Teams[^1]),
            ReadQuestions.Parameter("type", subjects.Type),
        ];
        var month = ReadRange.Month(subjects.LastDay, milliseconds: double.MaxValue);
        return [.. filters.Select(filter => ReadQuestions.Overview(filter).Select(question => question.About(month)).ToArray())];
    }

    private static async Task<List<OverviewReader>> OpenAsync(BenchRun run, string[][] overviews, CancellationToken cancellationToken)
    {
        var readers = new List<OverviewReader>();
        try
        {
            for (var number = 0; number < run.Options.Readers; number++)
            {
                readers.Add(await OverviewReader.OpenAsync(run.System.Dashboard, overviews[number % overviews.Length], cancellationToken));
            }

            return readers;
        }
        catch
        {
            await CloseAsync(readers);
            throw;
        }
    }

    private static async Task CloseAsync(List<OverviewReader> readers)
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private sealed class Round
    {
        private readonly SortedDictionary<string, long> _statuses = new(StringComparer.Ordinal);

        public Round(LoadResult alone, LoadResult beside, List<OverviewReader> readers)
        {
            (Alone, Beside) = (alone, beside);
            foreach (var reader in readers)
            {
                Reading.Add(reader.Latencies);
                foreach (var (status, count) in reader.Statuses)
                {
                    _statuses[status] = _statuses.GetValueOrDefault(status) + count;
                }
            }
        }

        public LoadResult Alone { get; }

        public LoadResult Beside { get; }

        public LatencyHistogram Reading { get; } = new();

        public override string ToString() => $"alone  {Alone}\n  beside {Beside}\n" + string.Create(
            CultureInfo.InvariantCulture,
            $"  readers: {Reading.Count:N0} answers, p50 {Reading.At(0.5).TotalMilliseconds:0.0} ms, p95 {Reading.At(0.95).TotalMilliseconds:0.0} ms, max {Reading.Max.TotalMilliseconds:0} ms: ")
            + string.Join(", ", _statuses.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value:N0} {status.Key}")));
    }
}
