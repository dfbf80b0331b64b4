using System.Diagnostics;
using System.Net.Http.Json;
using Npgsql;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// How long after its 202 an event is in the rollups, at a light load. Each event has a person of its own, whose rollup is asked for
/// again and again over one connection: what is found is late by one such question at most.
/// </summary>
internal sealed class LagScenario : IScenario
{
    private const double UsualRate = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const string Find = "SELECT EXISTS (SELECT FROM daily_user_metrics WHERE user_id = $1)";

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var database = run.System.Database ?? throw new BenchmarkException("This scenario asks the database: say --database, too.");
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            rounds.Add(await MeasureAsync(run, database, cancellationToken));
            run.Report.Tell($"lag, round {number}\n  {rounds[^1]}");
        }

        run.Report.Add(new("202 to rollup visible, light load: p50", Median.Of(rounds, round => round.Lags.At(0.5).TotalMilliseconds), "ms", Goal.AtMost(10)));
        run.Report.Add(new("202 to rollup visible, light load: p95", Median.Of(rounds, round => round.Lags.At(0.95).TotalMilliseconds), "ms", Goal.AtMost(40)));
        run.Report.Add(new("202 to rollup visible, light load: error of the method, p95", Median.Of(rounds, round => round.Polls.At(0.95).TotalMilliseconds), "ms"));
        run.Report.Add(new("202 to rollup visible, light load: POST to 202, p50", Median.Of(rounds, round => round.Answers.At(0.5).TotalMilliseconds), "ms"));
    }

    private static async Task<Round> MeasureAsync(BenchRun run, string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var find = new NpgsqlCommand(Find, connection) { Parameters = { new NpgsqlParameter<string>() } };
        using var client = new HttpClient { BaseAddress = run.System.Activity };

        var (measured, warmUp) = (new Round(), new Round());
        var schedule = new LoadSchedule(run.Plan(connections: 1) with { RequestsPerSecond = run.Options.Rate ?? UsualRate });
        await foreach (var due in schedule.DueAsync(client: 0, cancellationToken))
        {
            await ProbeAsync(client, find, schedule.IsMeasured(due) ? measured : warmUp, cancellationToken);
        }

        return measured;
    }

    private static async Task ProbeAsync(HttpClient client, NpgsqlCommand find, Round round, CancellationToken cancellationToken)
    {
        var user = $"{Guid.NewGuid():N}{LoadEvent.Domain("lag")}";
        var sent = Stopwatch.GetTimestamp();
        using var response = await client.PostAsJsonAsync(LoadPlan.SinglePath, new { user, type = LoadEvent.Types[0] }, cancellationToken);
        var answered = Stopwatch.GetTimestamp();
        response.EnsureSuccessStatusCode();

        ((NpgsqlParameter<string>)find.Parameters[0]).TypedValue = user;
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var visible = await find.ExecuteScalarAsync(cancellationToken) is true;
            round.Polls.Record(Stopwatch.GetElapsedTime(asked));
            if (visible)
            {
                break;
            }

            if (Stopwatch.GetElapsedTime(answered) > Limit)
            {
                throw new BenchmarkException($"An event was not counted within {Limit.TotalSeconds:0} s.");
            }
        }

        round.Lags.Record(Stopwatch.GetElapsedTime(answered));
        round.Answers.Record(Stopwatch.GetElapsedTime(sent, answered));
    }

    private sealed class Round
    {
        public LatencyHistogram Answers { get; } = new();

        public LatencyHistogram Lags { get; } = new();

        public LatencyHistogram Polls { get; } = new();

        public override string ToString() => FormattableString.Invariant(
            $"{Lags.Count:N0} events  p50 {Lags.At(0.5).TotalMilliseconds:0.00} ms  p95 {Lags.At(0.95).TotalMilliseconds:0.00} ms  p99 {Lags.At(0.99).TotalMilliseconds:0.00} ms  max {Lags.Max.TotalMilliseconds:0.0} ms");
    }
}
