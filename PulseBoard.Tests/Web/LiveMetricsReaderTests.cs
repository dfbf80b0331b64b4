using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PulseBoard.Web.Live;

namespace PulseBoard.Tests.Web;

public sealed class LiveMetricsReaderTests : IAsyncLifetime, IDisposable
{
    private readonly LiveMetrics _live = new(TimeProvider.System);
    private readonly LiveOptions _options = new()
    {
        RefreshInterval = TimeSpan.FromMilliseconds(20),
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    private FakeDashboard _dashboard = null!;
    private HttpClient? _http;
    private LiveMetricsReader? _reader;

    public async Task InitializeAsync() => _dashboard = await FakeDashboard.StartAsync();

    public async Task DisposeAsync()
    {
        if (_reader is not null)
        {
            await _reader.StopAsync(CancellationToken.None);
        }

        await _dashboard.DisposeAsync();
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _http?.Dispose();
    }

    [Fact]
    public async Task Reader_is_live_with_the_summary_once_the_stream_speaks()
    {
        await StartAsync();
        Assert.Equal(LiveState.Connecting, _live.Current.State);

        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        var snapshot = await WaitForAsync("the first summary", snapshot => snapshot.State == LiveState.Live);
        Assert.Equal("alex@example.com", Assert.Single(snapshot.People!).UserId);
        Assert.Equal(new MetricTotals(1, 1, 1, 0), snapshot.Totals);
    }

    [Fact]
    public async Task Reader_reads_one_at_a_time_and_few_times_for_many_changes()
    {
        const int Changes = 50;
        // What a slow machine may have delivered late; without coalescing there would be as many readings as changes.
        const int MostReadings = 6;
        var gate = new TaskCompletionSource();
        _dashboard.SummaryGate = gate.Task;
        _options.RefreshInterval = TimeSpan.FromMilliseconds(200);
        await StartAsync();
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(0);
        await _dashboard.FirstSummaryAsked.WaitAsync(WebLimits.Wait);

        for (var version = 1; version <= Changes; version++)
        {
            await stream.ChangeAsync(version);
        }

        gate.SetResult();
        await WaitForAsync("a reading after the changes", snapshot => snapshot.Totals.Events >= 2);

        Assert.InRange(_dashboard.Summaries, 2, MostReadings);
        Assert.Equal(1, _dashboard.MostConcurrentSummaries);
    }

    [Fact]
    public async Task Reader_lets_the_interval_pass_between_two_readings()
    {
        _options.RefreshInterval = TimeSpan.FromMilliseconds(500);
        await StartAsync();
        var stream = await _dashboard.NextStreamAsync();
        var askedAt = new List<DateTimeOffset>();

        for (var version = 1; version <= 3; version++)
        {
            await stream.ChangeAsync(version);
            askedAt.Add((await WaitForEventsAsync(version)).AsOf);
        }

        // The reader's own word, since a request may be late at the server; it counts from a little before it asks.
        var leastGap = _options.RefreshInterval / 2;
        Assert.All(askedAt.Zip(askedAt.Skip(1)), pair => Assert.True(pair.Second - pair.First > leastGap));
    }

    [Fact]
    public async Task Reader_reads_seldom_while_no_page_is_open_and_at_once_when_one_opens()
    {
        _options.UnwatchedInterval = TimeSpan.FromMinutes(5);
        await StartAsync();
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(1);
        await _dashboard.FirstSummaryAsked.WaitAsync(WebLimits.Wait);

        await stream.ChangeAsync(2);
        await Task.Delay(_options.RefreshInterval * 20);
        Assert.Equal(1, _dashboard.Summaries);

        await WaitForEventsAsync(2);
    }

    [Fact]
    public async Task Reader_reads_at_a_heartbeat_only_when_its_version_is_news()
    {
        await StartAsync();
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(7);
        await WaitForEventsAsync(1);

        await stream.HeartbeatAsync(7);
        await stream.HeartbeatAsync(8);
        await WaitForEventsAsync(2);
        await stream.HeartbeatAsync(null);
        await WaitForEventsAsync(3);

        Assert.Equal(3, _dashboard.Summaries);
    }

    [Fact]
    public async Task Reader_connects_again_when_the_stream_ends()
    {
        await StartAsync();
        var first = await _dashboard.NextStreamAsync();
        await first.ChangeAsync(1);
        await WaitForEventsAsync(1);

        first.End();
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        await WaitForAsync("the summary after the reconnect", snapshot =>
            snapshot.State == LiveState.Live && snapshot.Totals.Events == 2);
    }

    [Fact]
    public async Task Reader_connects_again_when_the_stream_falls_silent()
    {
        // Long enough for the test to speak in time on a busy machine.
        _options.Silence = TimeSpan.FromSeconds(2);
        await StartAsync();
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);
        await WaitForEventsAsync(1);

        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        await WaitForEventsAsync(2);
    }

    [Fact]
    public async Task Reader_keeps_the_figures_while_the_stream_is_refused_and_recovers()
    {
        await StartAsync();
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(1);
        await WaitForEventsAsync(1);

        _dashboard.StreamStatus = StatusCodes.Status503ServiceUnavailable;
        stream.End();
        var away = await WaitForAsync("the Dashboard to count as away", snapshot => snapshot.State == LiveState.Away);
        Assert.Equal(1, away.Totals.Events);

        _dashboard.StreamStatus = StatusCodes.Status200OK;
        await (await _dashboard.NextStreamAsync()).ChangeAsync(2);
        await WaitForAsync("the recovery", snapshot => snapshot.State == LiveState.Live && snapshot.Totals.Events == 2);
    }

    [Fact]
    public async Task Reader_is_away_while_the_summary_fails_and_recovers_without_another_change()
    {
        _dashboard.SummaryStatus = StatusCodes.Status503ServiceUnavailable;
        await StartAsync();
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);
        var away = await WaitForAsync("the Dashboard to count as away", snapshot => snapshot.State == LiveState.Away);
        Assert.Null(away.People);

        _dashboard.SummaryStatus = StatusCodes.Status200OK;

        await WaitForAsync("the recovery", snapshot => snapshot.State == LiveState.Live);
    }

    [Fact]
    public async Task Reader_fails_as_a_whole_when_one_of_its_loops_fails()
    {
        _live.Changed += () => throw new NotSupportedException();
        await StartAsync();

        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        await Assert.ThrowsAsync<NotSupportedException>(() => _reader!.ExecuteTask!.WaitAsync(WebLimits.Wait));
    }

    private async Task StartAsync()
    {
        _http = new HttpClient { BaseAddress = _dashboard.Address };
        _reader = new(
            new DashboardClient(_http), _live, Options.Create(_options), TimeProvider.System, NullLogger<LiveMetricsReader>.Instance);
        await _reader.StartAsync(CancellationToken.None);
    }

    /// <summary>Each summary of the fake has one more event than the one before.</summary>
    private Task<LiveSnapshot> WaitForEventsAsync(long events) =>
        WaitForAsync($"summary number {events}", snapshot => snapshot.Totals.Events == events);

    private async Task<LiveSnapshot> WaitForAsync(string what, Func<LiveSnapshot, bool> until)
    {
        var reached = new TaskCompletionSource<LiveSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        _live.Changed += Look;

        try
        {
            Look();
            return await reached.Task.WaitAsync(WebLimits.Wait);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {WebLimits.Wait.TotalSeconds:0} s for {what}; the last that was seen: {_live.Current}");
        }
        finally
        {
            _live.Changed -= Look;
        }

        void Look()
        {
            if (_live.Current is var snapshot && until(snapshot))
            {
                reached.TrySetResult(snapshot);
            }
        }
    }
}
