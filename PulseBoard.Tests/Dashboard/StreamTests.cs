using System.Globalization;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard;

[Collection(ApplicationCollection.Name)]
public sealed class StreamTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("dashboard")]
    [InlineData("web")]
    public async Task The_stream_says_at_once_where_it_stands_and_then_each_change_with_the_time_that_it_touches(string service)
    {
        var timestamp = DateTimeOffset.UtcNow.AddDays(-3);
        await using var stream = await StreamService.StreamReader.OpenAsync(service == "web" ? application.Web : application.Dashboard);
        var first = await stream.NextChangeAsync();
        Assert.NotNull(first.Version);
        await application.PostAsync(PulseBoardApplication.NewUser(), "task_created", timestamp: timestamp.ToString("O", CultureInfo.InvariantCulture));

        // The limit of the stream's reader ends the wait where no such change comes. All of time counts as well: the worker may not
        // know better.
        MetricsChanged change;
        do
        {
            change = await stream.NextChangeAsync();
            Assert.NotEqual(first.Version, change.Version);
        }
        while (!change.Kinds!.Contains("events") || (change.From is { } from && (timestamp < from || timestamp >= change.To)));

        Assert.NotEqual(0, change.Events);
    }

    [Fact]
    public async Task A_stream_goes_on_from_the_version_that_the_last_one_told()
    {
        await using var stream = await StreamService.StreamReader.OpenAsync(application.Dashboard);
        await stream.NextChangeAsync();
        var before = stream.Parser.LastEventId;
        await application.PostAsync(PulseBoardApplication.NewUser(), "task_created");
        while (!(await stream.NextChangeAsync()).Kinds!.Contains("events"))
        {
        }

        await using var behind = await StreamService.StreamReader.OpenAsync(application.Dashboard, before);
        Assert.Equal(["events"], (await behind.NextChangeAsync()).Kinds);

        var last = behind.Parser.LastEventId;
        await Eventually.BecomesAsync(
            "nothing to have changed since the last version",
            async () =>
            {
                await using var current = await StreamService.StreamReader.OpenAsync(application.Dashboard, last);
                var kinds = (await current.NextChangeAsync()).Kinds!;
                last = current.Parser.LastEventId;
                return kinds;
            },
            kinds => kinds.Count == 0);
    }

    [Fact]
    public async Task The_stream_beats_while_nothing_changes()
    {
        await using var stream = await StreamService.StreamReader.OpenAsync(application.Dashboard);
        while (true)
        {
            var item = Assert.NotNull(await stream.NextAsync());
            if (item.EventType == MetricsHeartbeat.EventType)
            {
                Assert.NotNull(JsonSerializer.Deserialize<MetricsHeartbeat>(item.Data, PulseBoardApplication.Json)!.Version);
                return;
            }
        }
    }
}
