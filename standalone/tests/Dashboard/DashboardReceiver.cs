using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Dashboard;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>The dashboard's receiver and what is asked of its stores, on a server of their own.</summary>
internal sealed class DashboardReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly WebApplication _server;
    private readonly GrpcChannel _channel;

    private DashboardReceiver(WebApplication server)
    {
        _server = server;
        var addresses = server.Urls.ToArray();
        GrpcAddress = new(addresses[0]);
        Http = new() { BaseAddress = new(addresses[1]), Timeout = Limit };
        _channel = GrpcChannel.ForAddress(GrpcAddress, new() { MaxSendMessageSize = null });
    }

    /// <summary>The moment at which all questions are asked.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Uri GrpcAddress { get; }

    public HttpClient Http { get; }

    public TelemetryRepository Telemetry => _server.Services.GetRequiredService<TelemetryRepository>();

    public static async Task<DashboardReceiver> StartAsync(TelemetryLimits? limits = null, string? key = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(limits ?? new());
        builder.Services.AddSingleton<TimeProvider>(new FixedTime());
        builder.Services.AddSingleton(new DashboardOptions { OtlpApiKey = key });
        builder.Services.AddTelemetryStores();
        builder.Services.AddOtlp();
        var server = builder.Build();
        server.MapOtlpGrpc();
        server.MapOtlpHttp();
        server.MapGroup("/api").MapTelemetry();
        await server.StartAsync();
        return new(server);
    }

    /// <summary>Exports by gRPC.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request, MessageParser<TResponse> parser, string? key = null, string? encoding = null)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        parser.ParseFrom(await CallAsync(Signal(request), request.ToByteArray(), key, encoding));

    /// <summary>Exports bytes by gRPC.</summary>
    public async Task<byte[]> CallAsync(string signal, byte[] request, string? key = null, string? encoding = null)
    {
        var bytes = Marshallers.Create(message => message, message => message);
        var service = $"opentelemetry.proto.collector.{signal}.v1.{(signal == "traces" ? "Trace" : char.ToUpperInvariant(signal[0]) + signal[1..])}Service";
        var method = new Method<byte[], byte[]>(MethodType.Unary, service.Replace("traces", "trace", StringComparison.Ordinal), "Export", bytes, bytes);
        var headers = new Metadata();
        if (key is not null)
        {
            headers.Add(OtlpApiKey.Header, key);
        }

        if (encoding is not null)
        {
            headers.Add("grpc-internal-encoding-request", encoding);
        }

        using var call = _channel.CreateCallInvoker().AsyncUnaryCall(method, null, new(headers, DateTime.UtcNow + Limit), request);
        return await call.ResponseAsync;
    }

    /// <summary>Exports by HTTP.</summary>
    public Task<HttpResponseMessage> PostAsync(IMessage request) => PostAsync(Signal(request), new ByteArrayContent(request.ToByteArray()));

    /// <summary>Exports a body by HTTP.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string signal, HttpContent body, string type = "application/x-protobuf", string? key = null, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{signal}") { Content = body };
        body.Headers.ContentType = new(type);
        if (encoding is not null)
        {
            body.Headers.ContentEncoding.Add(encoding);
        }

        if (key is not null)
        {
            request.Headers.Add(OtlpApiKey.Header, key);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Exports what a test asks about next.</summary>
    public async Task TakeAsync(params IMessage[] requests)
    {
        foreach (var request in requests)
        {
            using var response = await PostAsync(request);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Asks the API.</summary>
    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>($"/api/{path}");

    /// <summary>Asks the API what it refuses.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string path)
    {
        using var response = await Http.GetAsync($"/api/{path}");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        return (response.StatusCode, problem.GetProperty("code").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        Http.Dispose();
        await _server.DisposeAsync();
    }

    private static string Signal(IMessage request) => request switch
    {
        Aspire.Dashboard.Otlp.Protocol.ExportLogsServiceRequest => "logs",
        Aspire.Dashboard.Otlp.Protocol.ExportMetricsServiceRequest => "metrics",
        _ => "traces",
    };

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
