using Npgsql;
using PulseBoard.Bench;
using PulseBoard.Bench.Faults;
using PulseBoard.Bench.Freshness;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Scenarios;
using PulseBoard.Bench.Seeding;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

try
{
    return args switch
    {
        ["freshness", .. var rest] => await FreshnessBenchmark.RunAsync(rest),
        ["faults", .. var rest] => await FaultsBenchmark.RunAsync(rest, interrupted.Token),
        ["seed", .. var rest] => await SeedCommand.RunAsync(rest, interrupted.Token),
        [LoadProcess.Verb] => await LoadProcess.MainAsync(),
        [DoNothingService.Verb] => await DoNothingService.MainAsync(),
        [ConstantService.Verb] => await ConstantService.MainAsync(),
        [var name, .. var rest] when ScenarioCommand.Has(name) => await ScenarioCommand.RunAsync(name, rest, interrupted.Token),
        _ => Usage.Print(),
    };
}
catch (Exception exception) when (exception is BenchmarkException or HttpRequestException or NpgsqlException or OperationCanceledException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
