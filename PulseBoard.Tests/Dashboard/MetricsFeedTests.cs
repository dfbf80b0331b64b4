using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard;

public sealed class MetricsFeedTests
{
    private static readonly string[] AllKinds = ["events", "people", "recomputation"];

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_stream_tells_at_once_where_it_stands_and_that_everything_may_have_changed()
    {
        await using var service = await StreamService.StartAsync();
        service.Feed.TellVersion(service.Feed.Latest, 42);

        await using var stream = await service.OpenAsync();
        var first = await stream.NextChangeAsync();

        Assert.Equal(42, first.Version);
        Assert.Equal(AllKinds, first.Kinds);
        Assert.Null(first.From);
        Assert.Null(first.Events);
        Assert.Equal("42", stream.Parser.LastEventId);
        Assert.Equal(TimeSpan.FromSeconds(2), stream.Parser.ReconnectionInterval);
    }

    [Fact]
    public async Task A_change_is_told_as_its_notice_has_it()
    {
        await using var service = await StreamService.StartAsync();
        await using var stream = await service.OpenAsync();
        service.Feed.TellVersion(service.Feed.Latest, 42);
        await SeeAsync(stream, 42);

        service.Feed.Tell(new MetricsNotice(43, MetricsChange.Counted(17, Start, Start.AddMinutes(15)), After: 42));
        var change = await stream.NextChangeAsync();

        Assert.Equal(43, change.Version);
        Assert.Equal(["events"], change.Kinds);
        Assert.Equal((Start, Start.AddMinutes(15), 17), (change.From, change.To, change.Events));
    }

    [Theory]
    [InlineData(44, 43L)]
    [InlineData(43, null)]
    [InlineData(1, 0L)]
    [InlineData(41, 40L)]
    public async Task A_notice_that_does_not_follow_the_last_one_tells_that_everything_may_have_changed(long version, long? after)
    {
        await using var service = await StreamService.StartAsync();
        await using var stream = await service.OpenAsync();
        service.Feed.TellVersion(service.Feed.Latest, 42);
        await SeeAsync(stream, 42);

        service.Feed.Tell(new MetricsNotice(version, MetricsChange.Counted(17, Start, Start.AddMinutes(15)), After: after));
        var change = await stream.NextChangeAsync();

        Assert.Equal(version, change.Version);
        Assert.Equal(AllKinds, change.Kinds);
        Assert.Null(change.From);
    }

    [Fact]
    public async Task A_notice_of_a_version_that_was_looked_at_before_it_came_tells_nothing_more()
    {
        await using var service = await StreamService.StartAsync();
        await using var stream = await service.OpenAsync();
        service.Feed.TellVersion(service.Feed.Latest, 42);
        await SeeAsync(stream, 42);

        service.Feed.Tell(new MetricsNotice(42, MetricsChange.People, After: 41));
        service.Feed.Tell(new MetricsNotice(43, MetricsChange.People, After: 42));

        Assert.Equal(43, (await stream.NextChangeAsync()).Version);
    }

    [Fact]
    public async Task A_look_that_a_notice_has_overtaken_tells_nothing()
    {
        await using var service = await StreamService.StartAsync();
        var known = service.Feed.Latest;
        service.Feed.Tell(new MetricsNotice(43, MetricsChange.People));

        service.Feed.TellVersion(known, 42);

        Assert.Equal(43, service.Feed.Latest.Version);
    }

    [Fact]
    public async Task A_stream_that_goes_on_is_told_what_changed_since_the_version_it_names()
    {
        await using var service = await StreamService.StartAsync();
        service.Feed.Tell(new MetricsNotice(41, MetricsChange.Everything));
        service.Feed.Tell(new MetricsNotice(42, MetricsChange.Counted(17, Start, Start.AddMinutes(15)), After: 41));
        service.Feed.Tell(new MetricsNotice(43, MetricsChange.Counted(3, Start.AddHours(1), Start.AddHours(2)), After: 42));

        await using var behind = await service.OpenAsync("41");
        await using var current = await service.OpenAsync("43");
        var (missed, nothing) = (await behind.NextChangeAsync(), await current.NextChangeAsync());

        Assert.Equal(["events"], missed.Kinds);
        Assert.Equal((43, Start, Start.AddHours(2), 20), (missed.Version, missed.From, missed.To, missed.Events));
        Assert.Equal(43, nothing.Version);
        Assert.Empty(nothing.Kinds!);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("44")]
    [InlineData("0")]
    [InlineData("-41")]
    [InlineData("41, 42")]
    [InlineData("forty-one")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_stream_that_names_no_version_that_is_known_is_told_that_everything_may_have_changed(string? lastEventId)
    {
        await using var service = await StreamService.StartAsync(("RememberedChanges", "2"));
        foreach (var version in new long[] { 40, 41, 42 })
        {
            service.Feed.Tell(new MetricsNotice(version, MetricsChange.People, After: version - 1));
        }

        await using var stream = await service.OpenAsync(lastEventId);

        Assert.Equal(AllKinds, (await stream.NextChangeAsync()).Kinds);
    }

    [Fact]
    public async Task A_client_that_cannot_set_headers_names_the_version_in_the_address()
    {
        await using var service = await StreamService.StartAsync();
        service.Feed.Tell(new MetricsNotice(42, MetricsChange.People));

        await using var stream = await StreamService.StreamReader.OpenAsync(
            service.Client, route: new($"{StreamService.Route}?last_event_id=42", UriKind.Relative));

        Assert.Empty((await stream.NextChangeAsync()).Kinds!);
    }

    [Fact]
    public async Task After_the_versions_began_anew_one_from_before_is_not_taken_for_a_later_one()
    {
        await using var service = await StreamService.StartAsync();
        service.Feed.Tell(new MetricsNotice(5, MetricsChange.Everything));
        service.Feed.Tell(new MetricsNotice(6, MetricsChange.People, After: 5));
        service.Feed.TellVersion(service.Feed.Latest, 0);
        service.Feed.Tell(new MetricsNotice(1, MetricsChange.People, After: 0));

        await using var before = await service.OpenAsync("6");
        await using var since = await service.OpenAsync("1");

        Assert.Equal(AllKinds, (await before.NextChangeAsync()).Kinds);
        Assert.Empty((await since.NextChangeAsync()).Kinds!);
    }

    [Fact]
    public async Task A_listener_that_was_busy_is_told_of_all_changes_in_one_message()
    {
        await using var service = await StreamService.StartAsync();
        service.Feed.Tell(new MetricsNotice(40, MetricsChange.Everything));
        using var listener = service.Feed.TryListen(new DefaultHttpContext(), lastVersion: 40)!;
        Assert.NotNull(listener.Take());

        service.Feed.Tell(new MetricsNotice(41, MetricsChange.Counted(17, Start, Start.AddMinutes(15)), After: 40));
        service.Feed.Tell(new MetricsNotice(42, MetricsChange.Counted(3, Start.AddHours(1), Start.AddHours(2)), After: 41));
        var message = Encoding.UTF8.GetString(listener.Take()!);

        Assert.StartsWith("event: metrics\nid: 42\ndata: {", message, StringComparison.Ordinal);
        var change = JsonSerializer.Deserialize<MetricsChanged>(message[message.IndexOf('{', StringComparison.Ordinal)..], PulseBoardApplication.Json)!;
        Assert.Equal((Start, Start.AddHours(2), 20), (change.From, change.To, change.Events));
        Assert.Null(listener.Take());
    }

    [Fact]
    public async Task Listeners_that_know_the_same_share_one_message()
    {
        await using var service = await StreamService.StartAsync();
        using var one = service.Feed.TryListen(new DefaultHttpContext(), lastVersion: null)!;
        using var other = service.Feed.TryListen(new DefaultHttpContext(), lastVersion: null)!;
        Assert.Same(one.Take(), other.Take());

        service.Feed.Tell(new MetricsNotice(41, MetricsChange.People));

        Assert.Same(one.Take(), other.Take());
    }

    [Fact]
    public async Task A_stream_on_which_nothing_changes_beats()
    {
        await using var service = await StreamService.StartAsync(("Heartbeat", "00:00:00.2"));
        service.Feed.Tell(new MetricsNotice(42, MetricsChange.Everything));
        await using var stream = await service.OpenAsync();
        await stream.NextChangeAsync();

        for (var beat = 0; beat < 3; beat++)
        {
            var item = Assert.NotNull(await stream.NextAsync());

            Assert.Equal(MetricsHeartbeat.EventType, item.EventType);
            Assert.Null(item.EventId);
            Assert.Equal(42, JsonSerializer.Deserialize<MetricsHeartbeat>(item.Data, PulseBoardApplication.Json)!.Version);
        }
    }

    [Fact]
    public async Task A_message_without_a_version_leaves_the_client_at_the_one_it_knows()
    {
        await using var service = await StreamService.StartAsync();
        await using var stream = await service.OpenAsync();
        service.Feed.Tell(new MetricsNotice(42, MetricsChange.Everything));
        await SeeAsync(stream, 42);

        service.Feed.TellVersion(service.Feed.Latest, version: null);
        await SeeAsync(stream, null);
        service.Feed.TellVersion(service.Feed.Latest, version: 0);
        await SeeAsync(stream, 0);

        Assert.Equal("42", stream.Parser.LastEventId);
    }

    [Fact]
    public async Task One_listener_too_many_is_refused_until_another_one_leaves()
    {
        await using var service = await StreamService.StartAsync(("MaximumListeners", "1"), ("Heartbeat", "00:00:00.1"));
        await using (var stream = await service.OpenAsync())
        {
            using var refused = await service.Client.GetAsync(StreamService.Route);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("too_many_listeners", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }

        await Eventually.BecomesAsync(
            "a place",
            async () =>
            {
                using var response = await service.Client.GetAsync(StreamService.Route, HttpCompletionOption.ResponseHeadersRead);
                return response.StatusCode;
            },
            status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_listener_that_has_gone_is_let_go_although_nothing_is_told()
    {
        await using var service = await StreamService.StartAsync(("Heartbeat", "00:01:00"));
        await using (var stream = await service.OpenAsync())
        {
            await stream.NextChangeAsync();
            Assert.Equal(1, service.Feed.Listeners);
        }

        await Eventually.BecomesAsync("nobody to listen", () => Task.FromResult(service.Feed.Listeners), listeners => listeners == 0);
    }

    [Fact]
    public async Task A_listener_that_does_not_read_is_cut_off_and_holds_up_nobody()
    {
        await using var service = await StreamService.StartAsync(("WriteTimeout", "00:00:00.5"));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(service.Address.Host, service.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {StreamService.Route} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await using var reading = await service.OpenAsync();
        await reading.NextChangeAsync();
        await Eventually.BecomesAsync("both to listen", () => Task.FromResult(service.Feed.Listeners), listeners => listeners == 2);

        // Until the buffers on the way are full.
        const long Last = 1_000_000_000;
        var read = SeeAsync(reading, Last);
        var version = 0L;
        await Eventually.BecomesAsync(
            "the one that does not read to be cut off",
            async () =>
            {
                for (var message = 0; message < 1000; message++)
                {
                    version++;
                    service.Feed.Tell(new MetricsNotice(version, MetricsChange.People, After: version - 1));
                    await Task.Yield();
                }

                return service.Feed.Listeners;
            },
            listeners => listeners == 1);

        service.Feed.Tell(new MetricsNotice(Last, MetricsChange.People, After: version));
        await read;
    }

    [Fact]
    public async Task Streams_end_when_the_service_stops()
    {
        await using var service = await StreamService.StartAsync();
        await using var stream = await service.OpenAsync();
        await stream.NextChangeAsync();

        service.Stop();

        Assert.Null(await stream.NextAsync());
    }

    private static async Task SeeAsync(StreamService.StreamReader stream, long? version)
    {
        // The limit of the stream's reader ends it where the version does not come.
        while ((await stream.NextChangeAsync()).Version != version)
        {
        }
    }
}
