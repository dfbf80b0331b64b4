using PulseBoard.Bench;
using PulseBoard.Bench.Freshness;

return args switch
{
    ["freshness", .. var rest] => await FreshnessBenchmark.RunAsync(rest),
    _ => Usage.Print(),
};
