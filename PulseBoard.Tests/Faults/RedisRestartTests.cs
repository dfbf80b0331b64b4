using System.Globalization;
using PulseBoard.Contracts;
using PulseBoard.Tests.Dashboard;
using StackExchange.Redis;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class RedisRestartTests(FaultyApplication application)
{
    private static readonly string[] AllKinds = ["events", "people", "recomputation"];

    [Fact]
    public async Task After_Redis_lost_its_data_everything_may_have_changed_and_no_version_comes_again()
    {
        var user = FaultyApplication.NewUser();
        await using var stream = await StreamService.StreamReader.OpenAsync(application.Dashboard);
        await stream.NextChangeAsync();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
        var before = await LastEventIdAsync();

        using (var redis = await ConnectionMultiplexer.ConnectAsync($"{await application.ConnectionStringAsync("redis")},allowAdmin=true"))
        {
            await redis.GetServer(redis.GetEndPoints().Single()).FlushAllDatabasesAsync();
        }

        // By a look that finds no version, or by a notice that does not follow the one before.
        await SeeAsync(stream, change => change.Version is { } version && version != long.Parse(before, CultureInfo.InvariantCulture) && change.Kinds!.SequenceEqual(AllKinds));
        await application.PostAsync(user, "task_created");
        await SeeAsync(stream, change => change.Version > long.Parse(before, CultureInfo.InvariantCulture));
        await application.CountedAsync(user, 2);

        await using var goingOn = await StreamService.StreamReader.OpenAsync(application.Dashboard, before);
        Assert.Equal(AllKinds, (await goingOn.NextChangeAsync()).Kinds);
        await application.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_stream_goes_on_over_a_restart_of_Redis_and_tells_that_everything_may_have_changed()
    {
        var user = FaultyApplication.NewUser();
        await using var stream = await StreamService.StreamReader.OpenAsync(application.Dashboard);
        await stream.NextChangeAsync();
        var before = await LastEventIdAsync();

        await application.StopAsync("redis");
        try
        {
            await SeeAsync(stream, change => change.Version is null && change.Kinds!.SequenceEqual(AllKinds));
        }
        finally
        {
            await application.StartAsync("redis");
        }

        await SeeAsync(stream, change => change.Version is not null);
        await application.PostAsync(user, "task_created");
        await SeeAsync(stream, change => change.Version > long.Parse(before, CultureInfo.InvariantCulture) && change.Kinds!.Contains("events"));
        await application.CountedAsync(user, 1);

        await using var goingOn = await StreamService.StreamReader.OpenAsync(application.Dashboard, before);
        Assert.Equal(AllKinds, (await goingOn.NextChangeAsync()).Kinds);
    }

    private async Task<string> LastEventIdAsync()
    {
        await using var stream = await StreamService.StreamReader.OpenAsync(application.Dashboard);

        // Until the Dashboard knows a version, after a fault before this one, what it tells has none.
        await SeeAsync(stream, change => change.Version is > 0);
        return stream.Parser.LastEventId;
    }

    // The limit of the stream's reader ends it where no such change comes.
    private static async Task SeeAsync(StreamService.StreamReader stream, Func<MetricsChanged, bool> seen)
    {
        while (!seen(await stream.NextChangeAsync()))
        {
        }
    }
}
