using PulseBoard.Tests.Application;
using PulseBoard.Tests.Telemetry;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class TelemetryTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("activity", "pulseboard.ingestion.events", "{event}")]
    [InlineData("activity", "pulseboard.ingestion.batch.size", "{event}")]
    [InlineData("activity", "pulseboard.ingestion.commit.duration", "s")]
    [InlineData("activity", "pulseboard.ingestion.backlog", "{event}")]
    [InlineData("activity", "pulseboard.publish.duration", "s")]
    [InlineData("activity", "pulseboard.outbox.pending", "{batch}")]
    [InlineData("activity", "pulseboard.outbox.oldest.age", "s")]
    [InlineData("activity", "pulseboard.outbox.dead", "{batch}")]
    [InlineData("activity", "messaging.masstransit.send", "ea")]
    [InlineData("analytics", "pulseboard.rollup.batches", "{batch}")]
    [InlineData("analytics", "pulseboard.rollup.events", "{event}")]
    [InlineData("analytics", "pulseboard.rollup.duration", "s")]
    [InlineData("analytics", "pulseboard.rollup.lag", "s")]
    [InlineData("analytics", "pulseboard.notices", "{notice}")]
    [InlineData("analytics", "messaging.masstransit.consume", "ea")]
    [InlineData("dashboard", "pulseboard.cache.requests", "{request}")]
    [InlineData("dashboard", "pulseboard.cache.compute.duration", "s")]
    [InlineData("dashboard", "pulseboard.stream.listeners", "{listener}")]
    [InlineData("dashboard", "pulseboard.stream.notices", "{notice}")]
    [InlineData("dashboard", "http.server.request.duration", "s")]
    [InlineData("analytics", "db.client.operation.duration", "s")]
    [InlineData("web", "http.client.request.duration", "s")]
    [InlineData("web", "kestrel.active_connections", "{connection}")]
    [InlineData("migrator", "dotnet.gc.collections", "{collection}")]
    public async Task Every_kind_of_metric_is_exported_with_its_unit(string service, string instrument, string unit)
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);

        var metric = await MetricAsync(service, instrument, metric => metric.Points.Count > 0);
        Assert.Equal(unit, metric.Unit);
    }

    [Fact]
    public async Task Events_are_counted_by_their_outcome_and_the_code_of_their_rejection()
    {
        var before = Outcomes();
        var eventId = Guid.NewGuid();
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created", eventId);
        await application.PostAsync(user, "task_created", eventId);
        await TracedPost.SendAsync(application.Activity, new { user, type = new string('x', 51) });

        await Eventually.BecomesAsync(
            $"one more of each outcome than {before}",
            () => Task.FromResult(Outcomes()),
            now => now.Accepted > before.Accepted && now.Duplicate > before.Duplicate && now.TooLong > before.TooLong);

        (double Accepted, double Duplicate, double TooLong) Outcomes() => (
            Total("activity", "pulseboard.ingestion.events", ("pulseboard.outcome", "accepted")),
            Total("activity", "pulseboard.ingestion.events", ("pulseboard.outcome", "duplicate")),
            Total("activity", "pulseboard.ingestion.events", ("pulseboard.outcome", "rejected"), ("error.type", "too_long")));
    }

    [Fact]
    public async Task Answers_are_counted_by_whether_the_cache_had_them()
    {
        var before = Results();

        // The summary that has the new event was computed for whoever asked first.
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);

        // Asked for again and again: on a busy machine Redis may be too late for one of them, which is another result.
        await Eventually.BecomesAsync(
            $"one more of each result than {before}",
            async () =>
            {
                await application.SummaryAsync(user);
                return Results();
            },
            now => now.Hit > before.Hit && now.Miss > before.Miss);

        (double Hit, double Miss) Results() => (
            Total("dashboard", "pulseboard.cache.requests", ("pulseboard.cache.result", "hit")),
            Total("dashboard", "pulseboard.cache.requests", ("pulseboard.cache.result", "miss")));
    }

    [Theory]
    [InlineData("migrator")]
    [InlineData("activity")]
    [InlineData("analytics")]
    [InlineData("dashboard")]
    [InlineData("web")]
    public async Task Every_service_exports_its_logs_and_says_which_version_it_is(string service)
    {
        await Eventually.BecomesAsync(
            $"logs of {service}", () => Task.FromResult(application.Telemetry.Logs.Count(log => log.Service == service)), count => count > 0);

        var resource = application.Telemetry.Resource(service)!;
        Assert.StartsWith("1.", resource["service.version"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_record_has_the_trace_and_the_span_that_it_belongs_to()
    {
        await using var unstorable = await UnstorableType.BeginAsync(application);
        var post = await TracedPost.SendAsync(application.Activity, new { user = PulseBoardApplication.NewUser(), type = unstorable.Name });

        var log = await Eventually.BecomesAsync(
            "the record that the event cannot be stored",
            () => Task.FromResult(application.Telemetry.Logs.FirstOrDefault(log => log.TraceId == post.TraceId)),
            log => log is not null);
        var trace = await application.Telemetry.TraceAsync(post.TraceId, SpanNames.Commit);
        Assert.Equal(trace.Single("activity", SpanNames.Commit).SpanId, log!.SpanId);
    }

    /// <summary>The sum of the points that have these attributes, as it was exported last.</summary>
    private double Total(string service, string name, params (string Name, string Value)[] attributes) =>
        application.Telemetry.Metric(service, name)?.Points
            .Where(point => attributes.All(attribute => point.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value))
            .Sum(point => point.Value) ?? 0;

    private async Task<ReceivedMetric> MetricAsync(string service, string name, Func<ReceivedMetric, bool> until) => (await Eventually.BecomesAsync(
        $"{name} of {service}", () => Task.FromResult(application.Telemetry.Metric(service, name)), metric => metric is not null && until(metric)))!;
}
