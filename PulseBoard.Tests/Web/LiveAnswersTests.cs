using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Web.Live;
using PulseBoard.Web.Reading;

namespace PulseBoard.Tests.Web;

/// <summary>The stream and the answers together, as pages have them. Each summary of the fake has one more event than the one before.</summary>
public sealed class LiveAnswersTests : IAsyncLifetime, IDisposable
{
    private const string Summary = "api/metrics/summary";

    private readonly LiveMetrics _live = new(TimeProvider.System);
    private readonly LiveOptions _options = new()
    {
        RefreshInterval = TimeSpan.FromMilliseconds(20),
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    private FakeDashboard _dashboard = null!;
    private HttpClient _http = null!;
    private StreamFollower _follower = null!;
    private LiveAnswers _answers = null!;

    public async Task InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync();
        _http = new HttpClient { BaseAddress = _dashboard.Address };
        var client = new DashboardClient(_http);
        _answers = new(client, _live, Options.Create(_options), TimeProvider.System, NullLogger<LiveAnswers>.Instance);
        _follower = new(client, _live, Options.Create(_options), TimeProvider.System, NullLogger<StreamFollower>.Instance);
        await _follower.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _follower.StopAsync(CancellationToken.None);
        await _dashboard.DisposeAsync();
    }

    public void Dispose()
    {
        _follower.Dispose();
        _answers.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task An_answer_is_read_when_somebody_looks_and_again_with_each_change()
    {
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(1);
        await BecomesAsync("live", () => _live.Current is { State: LiveState.Live, AsOf: not null });
        Assert.Equal(0, _dashboard.Summaries);

        using var watch = Watch();
        await SeesAsync(watch, 1);
        await stream.ChangeAsync(2);
        await SeesAsync(watch, 2);
    }

    [Fact]
    public async Task All_who_look_share_one_reading()
    {
        using var one = Watch();
        using var other = Watch();

        await SeesAsync(one, 1);
        await SeesAsync(other, 1);
        Assert.Equal(1, _answers.Count);
        Assert.Equal(1, _dashboard.Summaries);
    }

    [Fact]
    public async Task An_answer_is_asked_for_anew_when_it_is_as_old_as_somebody_who_looks_allows()
    {
        using var patient = Watch();
        await SeesAsync(patient, 1);

        using (Watch(TimeSpan.FromMilliseconds(50)))
        {
            // At once, since it may be older than that, and then again and again, for all who look.
            await BecomesAsync("several answers without an announcement", () => Events(patient) >= 4);
        }

        // One may be under way.
        await Task.Delay(_options.RefreshInterval * 2);
        var summaries = _dashboard.Summaries;
        await Task.Delay(_options.RefreshInterval * 10);
        Assert.Equal(summaries, _dashboard.Summaries);
    }

    [Fact]
    public async Task An_answer_that_is_wanted_young_is_still_asked_for_once_for_all_and_no_more_often_than_allowed()
    {
        _options.RefreshInterval = TimeSpan.FromMilliseconds(200);
        var started = Stopwatch.GetTimestamp();
        var watches = Enumerable.Range(0, 20).Select(_ => Watch(TimeSpan.FromMilliseconds(1))).ToArray();

        await BecomesAsync("several answers", () => watches.All(watch => Events(watch) >= 3));

        var most = 1 + (Stopwatch.GetElapsedTime(started) / _options.RefreshInterval);
        Assert.InRange(_dashboard.Summaries, 3, most);
        Assert.Equal(1, _dashboard.MostConcurrentSummaries);
        Array.ForEach(watches, watch => watch.Dispose());
    }

    [Fact]
    public async Task Whoever_looks_can_have_it_asked_for_anew()
    {
        using var watch = Watch();
        await SeesAsync(watch, 1);

        watch.Refresh();

        await SeesAsync(watch, 2);
    }

    [Fact]
    public async Task Many_changes_make_few_readings_one_at_a_time()
    {
        const int Changes = 50;

        // What a slow machine may have delivered late; without coalescing there would be as many readings as changes.
        const int MostReadings = 6;
        var gate = new TaskCompletionSource();
        _dashboard.SummaryGate = gate.Task;
        _options.RefreshInterval = TimeSpan.FromMilliseconds(200);
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(0);
        using var watch = Watch();
        await _dashboard.FirstSummaryAsked.WaitAsync(WebLimits.Wait);
        for (var version = 1; version <= Changes; version++)
        {
            await stream.ChangeAsync(version);
        }

        gate.SetResult();
        await BecomesAsync("a reading after the changes", () => Events(watch) >= 2);

        Assert.InRange(_dashboard.Summaries, 2, MostReadings);
        Assert.Equal(1, _dashboard.MostConcurrentSummaries);
    }

    [Fact]
    public async Task With_a_crowd_of_pages_questions_wait_for_the_moments_when_all_are_asked()
    {
        const int Readings = 4;
        _options.Crowd = 1;
        _options.CrowdInterval = TimeSpan.FromMilliseconds(300);
        var stream = await _dashboard.NextStreamAsync();
        using var watch = Watch();
        var begun = Stopwatch.GetTimestamp();
        for (var version = 1; _dashboard.Summaries < Readings; version++)
        {
            await stream.ChangeAsync(version);
            await Task.Delay(_options.RefreshInterval);
        }

        // The first is asked at once, the second at the next moment.
        Assert.True(Stopwatch.GetElapsedTime(begun) >= (Readings - 2) * _options.CrowdInterval);
    }

    [Fact]
    public async Task What_nobody_looks_at_any_more_is_forgotten()
    {
        _options.Linger = TimeSpan.FromMilliseconds(50);
        var watch = Watch();
        await SeesAsync(watch, 1);

        watch.Dispose();

        await BecomesAsync("the question to be forgotten", () => _answers.Count == 0);
    }

    [Fact]
    public async Task A_heartbeat_leads_to_a_reading_only_when_its_version_is_news()
    {
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(7);
        await BecomesAsync("live", () => _live.Current is { State: LiveState.Live, AsOf: not null });
        using var watch = Watch();
        await SeesAsync(watch, 1);

        await stream.HeartbeatAsync(7);
        await stream.HeartbeatAsync(8);
        await SeesAsync(watch, 2);
        await stream.HeartbeatAsync(null);
        await SeesAsync(watch, 3);

        Assert.Equal(3, _dashboard.Summaries);
    }

    [Fact]
    public async Task While_the_Dashboard_fails_the_answer_is_kept_as_one_of_before_and_recovers_without_another_change()
    {
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(1);
        await BecomesAsync("live", () => _live.Current is { State: LiveState.Live, AsOf: not null });
        using var watch = Watch();
        await BecomesAsync("a summary", () => Events(watch) > 0);

        _dashboard.SummaryStatus = StatusCodes.Status503ServiceUnavailable;
        await stream.ChangeAsync(2);
        await BecomesAsync("the Dashboard to count as away", () => _live.Current.State == LiveState.Away && watch.Current.IsFailing);
        Assert.NotEqual(0, Events(watch));

        _dashboard.SummaryStatus = StatusCodes.Status200OK;
        await BecomesAsync("the recovery", () => _live.Current.State == LiveState.Live && !watch.Current.IsFailing);
    }

    [Fact]
    public async Task A_question_that_is_refused_says_why_and_is_not_asked_again_until_something_changes()
    {
        _dashboard.SummaryStatus = StatusCodes.Status400BadRequest;
        using var watch = Watch();

        await BecomesAsync("the refusal", () => watch.Current.Refusal is not null);

        Assert.False(watch.Current.IsPending);
        await Task.Delay(_options.RefreshInterval * 10);
        Assert.Equal(1, _dashboard.Summaries);
    }

    [Fact]
    public async Task The_stream_is_followed_again_when_it_ends_and_answers_are_read_anew()
    {
        var first = await _dashboard.NextStreamAsync();
        await first.ChangeAsync(1);
        await BecomesAsync("live", () => _live.Current is { State: LiveState.Live, AsOf: not null });
        using var watch = Watch();
        await SeesAsync(watch, 1);

        first.End();
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        await SeesAsync(watch, 2);
        await BecomesAsync("live", () => _live.Current.State == LiveState.Live);
    }

    [Fact]
    public async Task The_stream_is_followed_again_when_it_falls_silent()
    {
        // Long enough for the test to speak in time on a busy machine.
        _options.Silence = TimeSpan.FromSeconds(2);
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);
        await BecomesAsync("live", () => _live.Current.State == LiveState.Live);

        // The first one was begun with the limit of before.
        await _follower.StopAsync(CancellationToken.None);
        await _follower.StartAsync(CancellationToken.None);
        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);

        await (await _dashboard.NextStreamAsync()).ChangeAsync(1);
    }

    [Fact]
    public async Task A_stream_that_is_refused_makes_the_Dashboard_away_until_it_speaks_again()
    {
        var stream = await _dashboard.NextStreamAsync();
        await stream.ChangeAsync(1);
        await BecomesAsync("live", () => _live.Current.State == LiveState.Live);

        _dashboard.StreamStatus = StatusCodes.Status503ServiceUnavailable;
        stream.End();
        await BecomesAsync("away", () => _live.Current.State == LiveState.Away);

        _dashboard.StreamStatus = StatusCodes.Status200OK;
        await (await _dashboard.NextStreamAsync()).ChangeAsync(2);
        await BecomesAsync("live again", () => _live.Current.State == LiveState.Live);
    }

    private Watch<UserSummary[]> Watch(TimeSpan? maximumAge = null) => _answers.Watch<UserSummary[]>(Summary, static () => { }, maximumAge);

    private static long Events(Watch<UserSummary[]> watch) => watch.Current.Value?.Sum(person => person.TotalEvents) ?? 0;

    private static Task<bool> SeesAsync(Watch<UserSummary[]> watch, long events) => BecomesAsync($"summary number {events}", () => Events(watch) == events);

    private static Task<bool> BecomesAsync(string what, Func<bool> until) => Eventually.BecomesAsync(what, () => Task.FromResult(until()), reached => reached);
}
