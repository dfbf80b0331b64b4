using System.Globalization;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Seeding;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// The summary of 10,000 people over 30 days: from the cache and computed, and how often it is computed for clients who ask at once.
/// </summary>
internal sealed class SummaryScenario : IScenario
{
    // What the reference system answers from its cache, and how many times as many it should be.
    private const double ReferencePerSecond = 258;
    private const double Times = 4;

    private const double ColdMilliseconds = 40;

    // Longer than 64 requests take to come, and shorter than an answer may take to be computed.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    // Longer than it takes the read API to look at the version again.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        // An event or more on most working days of each person.
        await OwnHistory.SeedAsync(run, new SeedOptions { Events = 2_000_000, People = 10_000, Teams = 200, Days = 35 }, cancellationToken);
        var subjects = await ReadSubjects.AskAsync(run.System.Dashboard, cancellationToken);
        var month = ReadRange.Month(subjects.LastDay, ColdMilliseconds);
        var summary = ReadQuestions.Summary;

        var cold = new ColdAnswers(run, [summary], [month]);
        await cold.MeasureAsync(cancellationToken);
        cold.Report();
        run.Report.Add(new($"cold: {summary.Name}, {month.Name}: p50", cold.MedianOf(summary, month), "ms", month.Goal));

        var question = summary.About(month);
        if (run.System.Database is { } database)
        {
            await MeasureStampedeAsync(run, database, question, cancellationToken);
        }

        await using var constant = await ConstantService.StartAsync(cancellationToken);
        var errors = await WarmAnswers.MeasureAsync(
            run, constant, $"{summary.Name}, {month.Name}", question, Goal.AtLeast(Times * ReferencePerSecond), cancellationToken);
        run.Report.Add(new("warm: errors", errors, "", Goal.AtMost(0)));
    }

    private static async Task MeasureStampedeAsync(BenchRun run, string database, string question, CancellationToken cancellationToken)
    {
        var rounds = new List<long>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var (computations, statuses) = await CountComputationsAsync(run, database, question, cancellationToken);
            rounds.Add(computations);
            run.Report.Tell(string.Create(
                CultureInfo.InvariantCulture, $"stampede, round {number}: {WarmAnswers.Connections} requests at once, {computations} computed; {string.Join(", ", statuses)}"));
        }

        run.Report.Add(new($"computations for {WarmAnswers.Connections} requests at once for what no cache has, most", rounds.Max(), "", Goal.AtMost(1)));
    }

    /// <summary>How many connections to the database begin to compute one answer, held where they begin until all who ask are there.</summary>
    private static async Task<(long Computations, IEnumerable<string> Statuses)> CountComputationsAsync(BenchRun run, string database, string question, CancellationToken cancellationToken)
    {
        var connections = Enumerable.Range(0, WarmAnswers.Connections).Select(_ => new DashboardConnection(run.System.Dashboard)).ToArray();
        try
        {
            // Connected before.
            await Task.WhenAll(connections.Select(connection => connection.AskAsync(question, cancellationToken)));
            await connections[0].ForgetAsync(cancellationToken);

            // The machine was busy with megabytes of answers. Where Redis did not confirm the change within a moment it is told again, and
            // each time is a version of its own, with an answer of its own.
            await Task.Delay(Settling, cancellationToken);

            long computations;
            Task<Taken>[] asking;
            await using (var gate = await TableGate.HoldAnswersAsync(database, cancellationToken))
            {
                asking = [.. connections.Select(AskAsync)];
                await gate.HoldsAsync(1, cancellationToken);
                await Task.Delay(Gathering, cancellationToken);
                computations = await gate.CountAsync(cancellationToken);
            }

            var answers = await Task.WhenAll(asking);
            return answers.DistinctBy(answer => answer.ETag).Count() == 1
                ? (computations, answers.CountBy(answer => answer.Status).Select(status => $"{status.Value} {status.Key}"))
                : throw new BenchmarkException("Answers to one question at one time differ.");
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }

        async Task<Taken> AskAsync(DashboardConnection connection)
        {
            var (answer, _) = await connection.AskAsync(question, cancellationToken);
            var headers = answer.Headers();
            return new(headers.GetValueOrDefault("ETag"), headers.GetValueOrDefault(DashboardConnection.CacheStatus, "not cached"));
        }
    }

    private readonly record struct Taken(string? ETag, string Status);
}
