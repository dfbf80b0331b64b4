using PulseBoard.Bench;
using PulseBoard.Bench.Freshness;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Scenarios;

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
        [LoadProcess.Verb] => await LoadProcess.MainAsync(),
        [DoNothingService.Verb] => await DoNothingService.MainAsync(),
        [var name, .. var rest] when ScenarioCommand.Has(name) => await ScenarioCommand.RunAsync(name, rest, interrupted.Token),
        _ => Usage.Print(),
    };
}
catch (Exception exception) when (exception is BenchmarkException or HttpRequestException or OperationCanceledException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
