using System.Globalization;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Every question of the read API: computed, over ninety days and a year, in the reporting zone and in another one; from the cache,
/// beside a constant; and what all of it takes in the database.
/// </summary>
internal sealed class ReadScenario : IScenario
{
    private const int ExplainedQuestions = 3;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await OwnHistory.SeedAsync(run, new(), cancellationToken);
        var subjects = await ReadSubjects.AskAsync(run.System.Dashboard, cancellationToken);
        run.Report.Tell(string.Create(CultureInfo.InvariantCulture, $"read: days of {subjects.Zone} that end on {subjects.LastDay:yyyy-MM-dd}"));

        var questions = ReadQuestions.About(subjects);
        var cold = new ColdAnswers(run, questions, ReadRange.All(subjects.LastDay));
        await cold.MeasureAsync(cancellationToken);
        cold.Report();
        if (run.Options.Plans)
        {
            await ExplainAsync(run, subjects, cold.Slowest.Take(ExplainedQuestions), cancellationToken);
        }

        await using (var constant = await ConstantService.StartAsync(cancellationToken))
        {
            var (usual, errors) = (ReadRange.Usual(subjects.LastDay), 0L);
            foreach (var question in questions)
            {
                var name = question.IsAboutTime ? $"{question.Name}, {usual.Name}" : question.Name;
                errors += await WarmAnswers.MeasureAsync(run, constant, name, question.About(usual), least: null, cancellationToken);
            }

            run.Report.Add(new("warm: errors", errors, "", Goal.AtMost(0)));
        }

        if (run.System.Database is { } database)
        {
            await StorageSizes.ReportAsync(run, database, cancellationToken);
        }
    }

    private static async Task ExplainAsync(
        BenchRun run, ReadSubjects subjects, IEnumerable<(ReadQuestion Question, ReadRange Range)> slowest, CancellationToken cancellationToken)
    {
        var database = run.System.Database ?? throw new BenchmarkException("Plans are the database's: say --database, too.");
        await using var plans = await QueryPlans.OpenAsync(database, subjects.Zone, cancellationToken);
        foreach (var (question, range) in slowest)
        {
            run.Report.Tell($"plans: {question.Name}, {range.Name}\n{await plans.ExplainAsync(question.About(range), cancellationToken)}");
        }
    }
}
