using System.Diagnostics;
using System.Net;
using PulseBoard.Tests.Telemetry;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class TraceFaultsTests(FaultyApplication application)
{
    private TelemetryCollector Telemetry => application.Telemetry;

    [Fact]
    public async Task A_post_that_is_refused_because_Postgres_is_away_is_an_error_from_the_query_to_the_request()
    {
        TracedPost refused;
        await application.StopAsync("postgres");
        try
        {
            refused = await PostAsync();
        }
        finally
        {
            await application.StartAsync("postgres");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        var trace = await Telemetry.TraceAsync(refused.TraceId, SpanNames.Post, SpanNames.Commit);
        var server = trace.Single("activity", SpanNames.Post);
        Assert.Equal((ActivityStatusCode.Error, "503"), (server.Status, server["error.type"]));
        var commit = trace.Single("activity", SpanNames.Commit);
        Assert.Equal(ActivityStatusCode.Error, commit.Status);
        Assert.NotNull(commit["error.type"]);
        Assert.Equal("3", commit["pulseboard.attempt"]);
        Assert.Contains(commit.Events, happened => happened.Name == "exception" && happened.Attributes["exception.type"] == commit["error.type"]);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_counted_is_an_error_in_the_trace_of_its_event_and_dead_at_the_end()
    {
        var poisoned = FaultyApplication.NewUser();

        // Alone: a batch that shares a rollup has its failures on the spans of the parts.
        await Eventually.BecomesAsync("what other tests sent to be counted", application.OutstandingAsync, waiting => waiting == 0);
        await application.QueryAsync<object>(
            "INSERT INTO daily_user_metrics (user_id, metric_date, event_count) VALUES ($1, $2, $3)",
            poisoned, DateOnly.FromDateTime(DateTime.UtcNow), long.MaxValue);
        try
        {
            var post = await TracedPost.SendAsync(application.Activity, new { user = poisoned, type = "task_created" });
            var trace = await Telemetry.TraceAsync(
                post.TraceId, trace => trace.Spans.Any(span => span["pulseboard.batch.dead"] == "True"), TimeSpan.FromMinutes(2));

            // Each attempt, since the relay brings the batch again in the same trace.
            var attempts = trace.Spans.Where(span => span.Name == SpanNames.Count).ToArray();
            Assert.Equal(5, attempts.Length);
            Assert.All(attempts, attempt => Assert.Equal((ActivityStatusCode.Error, "22003"), (attempt.Status, attempt["error.type"])));
            Assert.All(attempts, attempt => Assert.Contains(attempt.Events, happened => happened.Name == "exception"));
            Assert.Equal(ActivityStatusCode.Unset, trace.Single("activity", SpanNames.Post).Status);
        }
        finally
        {
            await application.QueryAsync<object>("DELETE FROM daily_user_metrics WHERE user_id = $1", poisoned);
            await application.QueryAsync<object>("DELETE FROM event_batches WHERE dead_at IS NOT NULL");
            await application.QueryAsync<object>("DELETE FROM events WHERE user_id = $1", poisoned);
        }
    }

    [Fact]
    public async Task A_batch_that_the_relay_publishes_goes_on_in_the_trace_of_its_event()
    {
        TracedPost post;
        await application.StopAsync("rabbitmq");
        try
        {
            post = await PostAsync();
            Assert.Equal(HttpStatusCode.Accepted, post.Status);

            // The one that published it at once is gone, and with it what it remembered.
            await application.KillAsync("activity");
        }
        finally
        {
            await application.StartAsync("rabbitmq");
            await application.StartAsync("activity");
        }

        // The killed process took its own spans along: what there is comes from the relay of the next one.
        var trace = await Telemetry.TraceAsync(
            post.TraceId,
            trace => trace.Spans.Any(span => span["pulseboard.publish.route"] == "relay" && span.Status != ActivityStatusCode.Error)
                && trace.Find("analytics", SpanNames.Count) is not null,
            TimeSpan.FromMinutes(2));
        Assert.Contains(trace.Spans, span => span.Name == SpanNames.Send);
    }

    [Fact]
    public async Task An_absence_of_RabbitMQ_is_one_error_of_the_relay_however_often_it_tries()
    {
        const int Rounds = 3;
        TracedPost post;
        await application.StopAsync("rabbitmq");
        try
        {
            var before = RelayFailures();
            post = await PostAsync();
            await Eventually.BecomesAsync(
                $"{Rounds} failures of the relay", () => Task.FromResult(RelayFailures()), failures => failures >= before + Rounds);
        }
        finally
        {
            await application.StartAsync("rabbitmq");
        }

        var trace = await Telemetry.TraceAsync(
            post.TraceId,
            trace => Relayed(trace).Any(span => span.Status != ActivityStatusCode.Error) && trace.Find("analytics", SpanNames.Count) is not null,
            TimeSpan.FromMinutes(2));
        Assert.Single(Relayed(trace), span => span.Status == ActivityStatusCode.Error);

        static IEnumerable<ReceivedSpan> Relayed(ReceivedTrace trace) => trace.Spans.Where(span => span["pulseboard.publish.route"] == "relay");

        double RelayFailures() => Telemetry.Metric("activity", "pulseboard.publish.duration")?.Points
            .Where(point => point.Attributes["pulseboard.publish.route"] == "relay" && point.Attributes.ContainsKey("error.type"))
            .Sum(point => point.Value) ?? 0;
    }

    [Fact]
    public async Task Changes_that_Redis_was_not_told_of_are_errors_and_share_a_notice_when_it_is_back()
    {
        var posts = new List<TracedPost>();
        await application.StopAsync("redis");
        try
        {
            for (var i = 0; i < 3; i++)
            {
                posts.Add(await PostAsync());
                await Telemetry.TraceAsync(posts[i].TraceId, SpanNames.Count);
            }
        }
        finally
        {
            await application.StartAsync("redis");
        }

        // The first one's notice was under way; the two others waited for the next.
        var first = await Telemetry.TraceAsync(posts[0].TraceId, trace => trace.Spans.Count(span => span.Name == SpanNames.Notify) == 2);
        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Unset],
            first.Spans.Where(span => span.Name == SpanNames.Notify).Select(span => span.Status));
        var second = await Telemetry.TraceAsync(posts[1].TraceId, SpanNames.Notify);
        var third = await Telemetry.TraceAsync(posts[2].TraceId, SpanNames.Count);
        Assert.True(second.Single("analytics", SpanNames.Notify).IsLinkedTo(third.Single("analytics", SpanNames.Count)), second.ToString());
    }

    private Task<TracedPost> PostAsync() =>
        TracedPost.SendAsync(application.Activity, new { user = FaultyApplication.NewUser(), type = "task_created" });
}
