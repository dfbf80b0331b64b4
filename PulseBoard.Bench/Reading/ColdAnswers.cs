using System.Globalization;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Reading;

/// <summary>
/// How long answers take that no cache has: every question about every range, one at a time, the metrics version bumped before each
/// of them. It is the same question each time, as an open page asks it after each change; that it is computed is checked.
/// </summary>
internal sealed class ColdAnswers(BenchRun run, IReadOnlyList<ReadQuestion> questions, IReadOnlyList<ReadRange> ranges)
{
    // Compiled and connected, as a service is that runs. The cache is what is to be cold.
    private const int WarmUps = 2;

    private const double P50 = 0.5;
    private const double P95 = 0.95;

    private readonly List<Series> _series =
    [
        .. from question in questions
           from range in ranges
           where question.IsAboutTime || range == ranges[0]
           select new Series(question, range),
    ];

    private readonly SortedDictionary<string, int> _statuses = new(StringComparer.Ordinal);

    /// <summary>The questions, the slowest first, each with the range about which it is.</summary>
    public IEnumerable<(ReadQuestion Question, ReadRange Range)> Slowest =>
        Sorted().Select(rows => (rows.Key, rows.MaxBy(series => series.At(P95))!.Range));

    /// <summary>How long half of the answers to a question about a range took at most, in milliseconds.</summary>
    public double MedianOf(ReadQuestion question, ReadRange range) =>
        _series.Single(series => series.Question == question && series.Range == range).At(P50);

    /// <summary>Asks all of them, in rounds.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var dashboard = new DashboardConnection(run.System.Dashboard);
        foreach (var series in _series)
        {
            await AskAsync(dashboard, series, WarmUps, cancellationToken);
        }

        _statuses.Clear();
        for (var round = 1; round <= run.Options.Rounds; round++)
        {
            foreach (var series in _series)
            {
                series.Rounds.Add(await AskAsync(dashboard, series, run.Options.Requests, cancellationToken));
            }

            var slowest = _series.MaxBy(series => series.Rounds[^1].At(P95))!;
            run.Report.Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"cold, round {round}: {_series.Count} questions, {run.Options.Requests} times each; the slowest is {slowest.Name}: {slowest.Rounds[^1]}"));
        }
    }

    /// <summary>Adds what was found to the report, the slowest first.</summary>
    public void Report()
    {
        foreach (var line in Table())
        {
            run.Report.Tell(line);
        }

        foreach (var series in _series.OrderByDescending(series => series.At(P95)))
        {
            run.Report.Add(new($"cold: {series.Name}: p95", series.At(P95), "ms", series.Range.Goal));
        }

        run.Report.Tell($"cold, where the answers came from: {string.Join(", ", _statuses.Select(status => $"{status.Value} {status.Key}"))}");
        run.Report.Add(new("cold: answers that some cache had", _statuses.Where(status => status.Key is "HIT" or "STALE").Sum(status => status.Value), "", Goal.AtMost(0)));
    }

    private async Task<Percentiles> AskAsync(DashboardConnection dashboard, Series series, int times, CancellationToken cancellationToken)
    {
        var question = series.Question.About(series.Range);
        var taken = new List<double>(times);
        for (var time = 0; time < times; time++)
        {
            await dashboard.ForgetAsync(cancellationToken);
            var (answer, took) = await dashboard.AskAsync(question, cancellationToken);
            taken.Add(took.TotalMilliseconds);
            series.Bytes = answer.Body.Length;
            if (answer.Headers().TryGetValue(DashboardConnection.CacheStatus, out var status))
            {
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            }
        }

        return new(taken);
    }

    private IEnumerable<IGrouping<ReadQuestion, Series>> Sorted() =>
        _series.GroupBy(series => series.Question).OrderByDescending(rows => rows.Max(series => series.At(P95)));

    // p50 and p95 of each range.
    private IEnumerable<string> Table()
    {
        yield return $"| cold, ms: p50 / p95 | KB | {string.Join(" | ", ranges.Select(range => $"{range.Name} ({range.Goal})"))} |";
        yield return $"| --- | ---: | {string.Join(" | ", ranges.Select(_ => "---:"))} |";
        foreach (var rows in Sorted())
        {
            var cells = ranges.Select(range => rows.FirstOrDefault(series => series.Range == range) is { } series
                ? string.Create(CultureInfo.InvariantCulture, $"{series.At(P50):0.0} / {series.At(P95):0.0}")
                : "");
            yield return string.Create(CultureInfo.InvariantCulture, $"| {rows.Key.Name} | {rows.First().Bytes / 1024.0:0.0} | {string.Join(" | ", cells)} |");
        }
    }

    private sealed class Series(ReadQuestion question, ReadRange range)
    {
        public ReadQuestion Question => question;

        public ReadRange Range => range;

        public string Name => question.IsAboutTime ? $"{question.Name}, {range.Name}" : question.Name;

        public List<Percentiles> Rounds { get; } = [];

        public int Bytes { get; set; }

        public double At(double share) => Median.Of(Rounds, round => round.At(share));
    }
}
