using System.Net.ServerSentEvents;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard;

[Collection(ApplicationCollection.Name)]
public sealed class StreamTests(PulseBoardApplication application)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("dashboard")]
    [InlineData("web")]
    public async Task The_stream_says_at_once_where_it_stands_and_then_each_change(string service)
    {
        using var limit = new CancellationTokenSource(Limit);
        var client = service == "web" ? application.Web : application.Dashboard;
        await using var stream = await client.GetStreamAsync(new Uri("/api/metrics/stream", UriKind.Relative), limit.Token);
        await using var changes = SseParser.Create(stream).EnumerateAsync(limit.Token)
            .Where(item => item.EventType == MetricsChanged.EventType)
            .Select(item => JsonSerializer.Deserialize<MetricsChanged>(item.Data, PulseBoardApplication.Json)!)
            .GetAsyncEnumerator(limit.Token);

        Assert.True(await changes.MoveNextAsync());
        var before = Assert.NotNull(changes.Current.Version);
        await application.PostAsync(PulseBoardApplication.NewUser(), "task_created");

        // The limit ends the wait where no newer version comes.
        do
        {
            Assert.True(await changes.MoveNextAsync());
        }
        while (changes.Current.Version is not { } version || version <= before);
    }

    [Fact]
    public async Task The_stream_beats_while_nothing_changes()
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var stream = await application.Dashboard.GetStreamAsync(new Uri("/api/metrics/stream", UriKind.Relative), limit.Token);

        var heartbeat = await SseParser.Create(stream).EnumerateAsync(limit.Token)
            .FirstAsync(item => item.EventType == MetricsHeartbeat.EventType, limit.Token);

        Assert.NotNull(JsonSerializer.Deserialize<MetricsHeartbeat>(heartbeat.Data, PulseBoardApplication.Json)!.Version);
    }
}
