using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Tests.Telemetry;

/// <summary>Takes what services export over OTLP (gRPC, as Aspire's dashboard does), and keeps it in memory.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<ReceivedLog> _logs = new();
    private readonly ConcurrentDictionary<(string Service, string Name), ReceivedMetric> _metrics = new();
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _resources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _watched = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _sightings = new();

    private TelemetryCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<IServiceMethodProvider<TelemetryCollector>, Methods>();
        _server = builder.Build();
        _server.MapGrpcService<TelemetryCollector>();
    }

    /// <summary>Where to export to.</summary>
    public string Endpoint => _server.Urls.Single();

    /// <summary>Every span so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>Every log record so far.</summary>
    public IReadOnlyList<ReceivedLog> Logs => [.. _logs];

    public static async Task<TelemetryCollector> StartAsync()
    {
        var collector = new TelemetryCollector();
        await collector._server.StartAsync();
        return collector;
    }

    /// <summary>The spans of one trace so far.</summary>
    public ReceivedTrace Trace(string traceId) =>
        new(traceId, [.. _spans.Where(span => span.TraceId == traceId).OrderBy(span => span.Start)]);

    /// <summary>Waits until all that a test looks at has arrived, for each process exports when it likes.</summary>
    /// <param name="traceId">The trace.</param>
    /// <param name="complete">Whether it has arrived.</param>
    /// <param name="limit">The limit, or null for the default.</param>
    public Task<ReceivedTrace> TraceAsync(string traceId, Func<ReceivedTrace, bool> complete, TimeSpan? limit = null) =>
        Eventually.BecomesAsync("the trace to arrive", () => Task.FromResult(Trace(traceId)), complete, limit);

    /// <summary>Waits until a trace has a span of each of these names.</summary>
    public Task<ReceivedTrace> TraceAsync(string traceId, params string[] names) =>
        TraceAsync(traceId, trace => names.All(name => trace.Spans.Any(span => span.Name == name)));

    /// <summary>An instrument of a service as it was exported last, or null.</summary>
    public ReceivedMetric? Metric(string service, string name) => _metrics.GetValueOrDefault((service, name));

    /// <summary>What a service says of itself, or null.</summary>
    public IReadOnlyDictionary<string, string>? Resource(string service) => _resources.GetValueOrDefault(service);

    /// <summary>From now on looks for a text in whatever is exported.</summary>
    public void Watch(string text) => _watched[text] = Encoding.UTF8.GetBytes(text);

    /// <summary>Where a text that is watched was seen.</summary>
    public IReadOnlyList<string> Sightings => [.. _sightings];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Take(string signal, byte[] request)
    {
        foreach (var (text, encoded) in _watched)
        {
            if (request.AsSpan().IndexOf(encoded) is >= 0 and var at)
            {
                var around = request.AsSpan(Math.Max(0, at - 200)..Math.Min(request.Length, at + 200));
                _sightings.Enqueue($"'{text}' in {signal}: {Encoding.UTF8.GetString(around)}");
            }
        }

        foreach (var resource in OtlpReader.Resources(request))
        {
            _resources[resource.GetValueOrDefault("service.name", "")] = resource;
        }
    }

    private void TakeTraces(byte[] request)
    {
        Take("traces", request);
        foreach (var span in OtlpReader.Spans(request))
        {
            _spans.Enqueue(span);
        }
    }

    private void TakeMetrics(byte[] request)
    {
        Take("metrics", request);
        foreach (var metric in OtlpReader.Metrics(request))
        {
            _metrics[(metric.Service, metric.Name)] = metric;
        }
    }

    private void TakeLogs(byte[] request)
    {
        Take("logs", request);
        foreach (var log in OtlpReader.Logs(request))
        {
            _logs.Enqueue(log);
        }
    }

    /// <summary>The three services of OTLP, whose messages stay bytes: no schema is compiled in.</summary>
    private sealed class Methods : IServiceMethodProvider<TelemetryCollector>
    {
        private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TelemetryCollector> context)
        {
            Add("trace.v1.TraceService", collector => collector.TakeTraces);
            Add("metrics.v1.MetricsService", collector => collector.TakeMetrics);
            Add("logs.v1.LogsService", collector => collector.TakeLogs);

            void Add(string service, Func<TelemetryCollector, Action<byte[]>> take) => context.AddUnaryMethod(
                new Method<byte[], byte[]>(MethodType.Unary, $"opentelemetry.proto.collector.{service}", "Export", Bytes, Bytes),
                [],
                (collector, request, _) =>
                {
                    take(collector)(request);

                    // An empty response: everything was taken.
                    return Task.FromResult(Array.Empty<byte>());
                });
        }
    }
}
