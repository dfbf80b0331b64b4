using PulseBoard.Bench;
using PulseBoard.Bench.Freshness;

try
{
    return args switch
    {
        ["freshness", .. var rest] => await FreshnessBenchmark.RunAsync(rest),
        _ => Usage.Print(),
    };
}
catch (Exception exception) when (exception is BenchmarkException or HttpRequestException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
