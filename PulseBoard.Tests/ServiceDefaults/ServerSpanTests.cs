using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace PulseBoard.Tests.ServiceDefaults;

/// <summary>Runs alone: a tracer provider hears the spans of every service in the process.</summary>
[CollectionDefinition(nameof(ServerSpanTests), DisableParallelization = true)]
[Collection(nameof(ServerSpanTests))]
public class ServerSpanTests
{
    private static readonly Dictionary<string, string?> WithCollector = new()
    {
        // Nothing listens there: the spans are seen by a processor of the test's own.
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
    };

    [Fact]
    public async Task A_server_span_tells_route_status_and_error()
    {
        var spans = new SpanRecorder();
        await using (var service = await StartAsync(spans))
        {
            await service.Client.GetAsync("/things/7");
            await service.Client.GetAsync("/throws/7");
            await service.Client.GetAsync("/nowhere");
            await service.Client.GetAsync("/health");
        }

        var seen = spans.Ended.Select(span => (span.DisplayName, span.GetTagItem("http.response.status_code"), span.Status));
        Assert.Equal(
            [
                ("GET /things/{id}", (int)HttpStatusCode.OK, ActivityStatusCode.Unset),
                ("GET /throws/{id}", (int)HttpStatusCode.InternalServerError, ActivityStatusCode.Error),
                ("GET", (int)HttpStatusCode.NotFound, ActivityStatusCode.Unset),
            ],
            seen);
    }

    [Fact]
    public async Task A_server_span_has_the_attributes_of_its_request()
    {
        var spans = new SpanRecorder();
        await using (var service = await StartAsync(spans))
        {
            await service.Client.GetAsync("/things/7");
        }

        var span = Assert.Single(spans.Ended);
        Assert.Equal("/things/{id}", span.GetTagItem("http.route"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
    }

    [Fact]
    public async Task A_server_span_has_nothing_of_the_path_or_the_query_but_the_route()
    {
        var spans = new SpanRecorder();
        await using (var service = await StartAsync(spans))
        {
            await service.Client.GetAsync("/things/7?name=alex");
            await service.Client.GetAsync("/alex?name=alex");
        }

        Assert.Equal(["/things/{id}", "REDACTED"], spans.Ended.Select(span => span.GetTagItem("url.path")));
        Assert.DoesNotContain(spans.Ended.SelectMany(span => span.TagObjects), tag => $"{tag.Value}".Contains("alex", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_span_names_the_exception_that_nobody_handled()
    {
        var spans = new SpanRecorder();
        await using (var service = await StartAsync(spans))
        {
            await service.Client.GetAsync("/throws/7");
        }

        var span = Assert.Single(spans.Ended);
        Assert.Equal(typeof(InvalidOperationException).FullName, span.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instruments_measure_where_there_is_a_collector_and_only_there(bool collector)
    {
        await using var service = await StartAsync(new SpanRecorder(), collector);
        using var meters = new Meter("PulseBoard.Test");

        Assert.Equal(collector, meters.CreateCounter<long>("things").Enabled);
    }

    [Fact]
    public async Task Nothing_is_recorded_without_a_collector()
    {
        var spans = new SpanRecorder();
        await using (var service = await StartAsync(spans, collector: false))
        {
            await service.Client.GetAsync("/things/7");
        }

        Assert.Empty(spans.Ended);
    }

    private static Task<TestService> StartAsync(SpanRecorder spans, bool collector = true)
    {
        return TestService.StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans)),
            app =>
            {
                app.MapGet("/things/{id}", (int id) => id);
                app.MapGet("/throws/{id}", int (int id) => throw new InvalidOperationException());
            },
            settings: collector ? WithCollector : null);
    }

    private sealed class SpanRecorder : BaseProcessor<Span>
    {
        private readonly Lock _gate = new();
        private readonly List<Span> _ended = [];

        public IReadOnlyList<Span> Ended
        {
            get
            {
                lock (_gate)
                {
                    return [.. _ended];
                }
            }
        }

        public override void OnEnd(Span data)
        {
            if (data.Recorded && data.Kind == ActivityKind.Server)
            {
                lock (_gate)
                {
                    _ended.Add(data);
                }
            }
        }
    }
}
