using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Reading;
using PulseBoard.Tests.Web;

namespace PulseBoard.Tests.Bench;

public sealed class StreamListenerTests
{
    private const string Counted = "event: metrics\nid: 7\ndata: {\"version\":7,\"kinds\":[\"events\"],\"events\":1}\n\n";
    private const string People = "event: metrics\nid: 8\ndata: {\"version\":8,\"kinds\":[\"people\"],\"events\":0}\n\n";
    private const string Heartbeat = "event: heartbeat\ndata: {\"version\":8}\n\n";

    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    [Theory]
    [InlineData(Counted, (int)(NoticeKinds.Any | NoticeKinds.Events))]
    [InlineData(People, (int)NoticeKinds.Any)]
    [InlineData(Heartbeat, (int)NoticeKinds.None)]
    [InlineData($"retry: 2000\n\n5a\r\n{Heartbeat}\r\n5a\r\n{Counted}", (int)(NoticeKinds.Any | NoticeKinds.Events))]
    public void What_a_stream_tells_is_found_between_the_frames(string text, int kinds)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.Equal(kinds, (int)NoticeText.Take(bytes, out var consumed));
        Assert.Equal(bytes.Length, consumed);
    }

    [Fact]
    public void A_message_counts_once_it_is_complete()
    {
        var bytes = Encoding.ASCII.GetBytes(People + Counted);

        Assert.Equal(NoticeKinds.Any, NoticeText.Take(bytes.AsSpan(0, bytes.Length - 1), out var consumed));
        Assert.Equal(People.Length, consumed);
    }

    [Fact]
    public async Task Every_listener_is_waited_for_after_a_change()
    {
        const int Listeners = 20;
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalServer.StartAsync(app => app.MapGet("/api/metrics/stream", async (HttpContext context) =>
        {
            await context.Response.WriteAsync($"retry: 2000\n\n{Counted}", Limit);
            await changed.Task;
            await context.Response.WriteAsync(People, Limit);
            await context.Response.WriteAsync(Counted, Limit);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }));
        await using var crowd = await ListenerCrowd.OpenAsync(server.Address, Listeners, Limit);

        var told = await crowd.WatchAsync(() =>
        {
            changed.SetResult();
            return Task.CompletedTask;
        });

        Assert.Equal(Listeners, told.Count);
        Assert.All(told, time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }
}
