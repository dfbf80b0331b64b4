using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Reading;

/// <summary>
/// One question from many clients at once, which a cache has, beside an endpoint that has the same bytes in its memory and answers with
/// the same headers.
/// </summary>
internal static class WarmAnswers
{
    /// <summary>Clients at once.</summary>
    public const int Connections = 64;

    private const double Share = 0.5;

    /// <summary>Measures one question, and adds what it found to the report.</summary>
    /// <param name="run">The run.</param>
    /// <param name="constant">The endpoint beside it.</param>
    /// <param name="name">What the report calls the question.</param>
    /// <param name="question">Path and query, escaped.</param>
    /// <param name="least">How many requests a second there should be, where that is known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many requests failed.</returns>
    public static async Task<long> MeasureAsync(
        BenchRun run, ConstantService constant, string name, string question, Goal? least, CancellationToken cancellationToken)
    {
        using var dashboard = new DashboardConnection(run.System.Dashboard);
        var (answer, _) = await dashboard.AskAsync(question, cancellationToken);
        await constant.SetAsync(answer, cancellationToken);

        var plan = new LoadPlan
        {
            Address = run.System.Dashboard,
            Connections = run.Options.ConnectionsOr(Connections)[0],
            Question = question,
            RequestsPerSecond = run.Options.Rate,
            WarmUp = run.WarmUp,
            Duration = run.Duration,
        };
        var rounds = new List<(LoadResult Constant, LoadResult Answers)>();
        for (var round = 1; round <= run.Options.Rounds; round++)
        {
            var limit = await LoadProcess.RunAsync(plan with { Address = constant.Address, Question = ConstantService.Path }, cancellationToken);
            rounds.Add((limit, await LoadProcess.RunAsync(plan, cancellationToken)));
            run.Report.Tell($"warm: {name}, {plan.Connections} connections, round {round}\n  constant   {rounds[^1].Constant}\n  PulseBoard {rounds[^1].Answers}");
        }

        run.Report.Add(new($"warm: {name}", Median.Of(rounds, round => round.Answers.RequestsPerSecond), "requests/s", least));
        run.Report.Add(new($"warm: {name}: share of a constant", Median.Of(rounds, round => round.Answers.RequestsPerSecond / round.Constant.RequestsPerSecond), "", Goal.AtLeast(Share)));
        return rounds.Sum(round => round.Answers.ErrorCount + round.Constant.ErrorCount);
    }
}
