using System.Diagnostics;
using System.Net;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Telemetry;
using Xunit.Abstractions;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class TraceTests(PulseBoardApplication application, ITestOutputHelper output)
{
    private TelemetryCollector Telemetry => application.Telemetry;

    [Fact]
    public async Task An_event_has_one_trace_from_the_page_s_port_to_the_notice_of_the_changed_metrics()
    {
        (string Service, string Name, ActivityKind Kind)[] path =
        [
            ("web", SpanNames.ForwardedPost, ActivityKind.Server),
            ("web", "POST", ActivityKind.Client),
            ("activity", SpanNames.Post, ActivityKind.Server),
            ("activity", SpanNames.Commit, ActivityKind.Internal),
            ("activity", SpanNames.Publish, ActivityKind.Internal),
            ("activity", SpanNames.Send, ActivityKind.Producer),
            ("analytics", SpanNames.Receive, ActivityKind.Consumer),
            ("analytics", SpanNames.Process, ActivityKind.Consumer),
            ("analytics", SpanNames.Count, ActivityKind.Internal),
            ("analytics", SpanNames.Notify, ActivityKind.Producer),
            ("dashboard", SpanNames.Notified, ActivityKind.Consumer),
        ];

        var trace = await TraceAloneAsync(application.Web, Guid.NewGuid, [.. path.Select(step => step.Name)]);

        output.WriteLine($"{trace}");
        var steps = path.Select(step => trace.Single(step.Service, step.Name)).ToArray();
        Assert.Equal(path.Select(step => step.Kind), steps.Select(step => step.Kind));
        Assert.Equal(steps[..^1].Select(step => step.SpanId), steps[1..].Select(step => step.ParentId));
        Assert.DoesNotContain(trace.Spans, span => span.Status == ActivityStatusCode.Error || span.Links.Count > 0);
    }

    [Fact]
    public async Task The_spans_of_an_event_have_the_attributes_of_the_conventions_and_the_batch_s_own()
    {
        var eventId = Guid.Empty;

        var trace = await TraceAloneAsync(
            application.Activity,
            () => eventId = Guid.NewGuid(),
            SpanNames.Post, SpanNames.Commit, SpanNames.Query, SpanNames.Publish, SpanNames.Send, SpanNames.Count, SpanNames.Notify, SpanNames.Notified);

        var server = trace.Single("activity", SpanNames.Post);
        Assert.Equal(
            ("POST", "/api/activity/", "202", eventId.ToString()),
            (server["http.request.method"], server["http.route"], server["http.response.status_code"], server["pulseboard.event.id"]));

        var commit = trace.Single("activity", SpanNames.Commit);
        Assert.Equal("1", commit["pulseboard.batch.size"]);
        var batchId = await application.QueryAsync<Guid>("SELECT batch_id FROM events WHERE event_id = $1", eventId);
        Assert.All(
            [commit, trace.Single("activity", SpanNames.Publish), trace.Single("analytics", SpanNames.Count)],
            span => Assert.Equal(batchId.ToString(), span["pulseboard.batch.id"]));

        var insert = Assert.Single(trace.Children(commit), span => span.Name == SpanNames.Query);
        Assert.Equal(("postgresql", "pulseboard"), (insert["db.system.name"], insert["db.namespace"]));
        Assert.StartsWith("WITH inserted AS", insert["db.query.text"], StringComparison.Ordinal);

        var send = trace.Single("activity", SpanNames.Send);
        Assert.Equal(("rabbitmq", "PulseBoard.Contracts:EventBatchesStored"), (send["messaging.system"], send["messaging.destination.name"]));
        var notify = trace.Single("analytics", SpanNames.Notify);
        Assert.Equal(("redis", "send"), (notify["messaging.system"], notify["messaging.operation.type"]));
        Assert.Equal(notify["pulseboard.metrics.version"], trace.Single("dashboard", SpanNames.Notified)["pulseboard.metrics.version"]);
    }

    [Fact]
    public async Task Posts_that_share_a_commit_are_linked_with_it_both_ways()
    {
        const int Writers = 2;
        const int Together = 3;
        var first = new List<Task>();
        Task<TracedPost>[] posts;
        await using (await DatabaseLock.TakeAsync(application, DatabaseLock.OfEvents))
        {
            // One for each writer, so that those that follow gather.
            for (var writer = 1; writer <= Writers; writer++)
            {
                first.Add(PostAsync());
                await DatabaseLock.HoldsUpAsync(application, "activity", writer);
            }

            posts = [.. Enumerable.Range(0, Together).Select(_ => PostAsync())];
            await MetricAsync("activity", "pulseboard.ingestion.backlog", Writers + Together);
        }

        await Task.WhenAll(first);
        var traces = await Task.WhenAll((await Task.WhenAll(posts)).Select(post => Telemetry.TraceAsync(post.TraceId, SpanNames.Post)));
        await AssertOneGroupAsync(traces, "activity", SpanNames.Commit, SpanNames.Post, "pulseboard.batch.size");
    }

    [Fact]
    public async Task Batches_that_share_a_rollup_are_linked_with_it_both_ways()
    {
        var busy = PulseBoardApplication.NewUser();
        await application.PostAsync(busy, "task_created");
        await application.CountedAsync(busy, 1);
        TracedPost[] posts;
        await using (await DatabaseLock.TakeAsync(application, DatabaseLock.OfRollups, busy))
        {
            await application.PostAsync(busy, "task_created");
            await DatabaseLock.HoldsUpAsync(application, "analytics", 1);
            // One after the other, so that each has a message of its own.
            posts = new TracedPost[2];
            for (var i = 0; i < posts.Length; i++)
            {
                posts[i] = await PostAsync();
                await MetricAsync("analytics", "pulseboard.rollup.queue.length", i + 1);
            }
        }

        var traces = await Task.WhenAll(posts.Select(post => Telemetry.TraceAsync(post.TraceId, SpanNames.Process)));
        await AssertOneGroupAsync(traces, "analytics", SpanNames.Count, SpanNames.Process, "pulseboard.group.size");
    }

    /// <summary>One of the traces has the group's span, below its own caller; that span and the other callers name each other.</summary>
    private async Task AssertOneGroupAsync(ReceivedTrace[] traces, string service, string group, string caller, string size)
    {
        traces = await Eventually.BecomesAsync(
            $"'{group}' in one of the traces",
            () => Task.FromResult(Array.ConvertAll(traces, trace => Telemetry.Trace(trace.Spans[0].TraceId))),
            traces => traces.Any(trace => trace.Find(service, group) is not null));

        var owner = Assert.Single(traces, trace => trace.Find(service, group) is not null);
        var span = owner.Single(service, group);
        Assert.Equal(owner.Single(service, caller).SpanId, span.ParentId);
        Assert.Equal($"{traces.Length}", span[size]);
        var others = traces.Where(trace => trace != owner).Select(trace => trace.Single(service, caller)).ToArray();
        Assert.Equal(
            others.Select(other => new SpanLink(other.TraceId, other.SpanId)).ToHashSet(),
            span.Links.ToHashSet());
        Assert.All(others, other => Assert.True(other.IsLinkedTo(span), other.ToString()));
    }

    /// <summary>
    /// The whole trace of an event whose rollup has a notice of its own: one that comes within the pause after another one's
    /// shares the next notice, which is in another trace.
    /// </summary>
    /// <param name="client">Where to post it.</param>
    /// <param name="nextId">The id of each event that is posted.</param>
    /// <param name="names">The spans that the test looks at.</param>
    private async Task<ReceivedTrace> TraceAloneAsync(HttpClient client, Func<Guid> nextId, params string[] names)
    {
        for (var attempt = 1; ; attempt++)
        {
            var post = await TracedPost.SendAsync(client, new { user = PulseBoardApplication.NewUser(), type = "task_created", event_id = nextId() });
            var trace = await Telemetry.TraceAsync(post.TraceId, SpanNames.Count);
            var rollup = trace.Single("analytics", SpanNames.Count);
            var notice = await Eventually.BecomesAsync(
                "the notice of the rollup",
                () => Task.FromResult(Telemetry.Spans.FirstOrDefault(
                    span => span.Name == SpanNames.Notify && (span.ParentId == rollup.SpanId || span.IsLinkedTo(rollup)))),
                notice => notice is not null);
            if (notice!.TraceId == post.TraceId || attempt == 5)
            {
                return await Telemetry.TraceAsync(post.TraceId, names);
            }
        }
    }

    private async Task<TracedPost> PostAsync()
    {
        var post = await TracedPost.SendAsync(application.Activity, new { user = PulseBoardApplication.NewUser(), type = "task_created" });
        Assert.Equal(HttpStatusCode.Accepted, post.Status);
        return post;
    }

    private Task<double?> MetricAsync(string service, string name, double value) => Eventually.BecomesAsync(
        $"{name} to be {value}",
        () => Task.FromResult(Telemetry.Metric(service, name)?.Points.Sum(point => point.Value)),
        present => present == value);
}
