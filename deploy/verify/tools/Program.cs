using PulseBoard.Verify;

return args switch
{
    ["post", var address, var key, var seconds, var ids] =>
        await new Poster(new Uri(address), key).RunAsync(TimeSpan.FromSeconds(int.Parse(seconds)), ids),
    _ => await Collector.RunAsync(),
};
