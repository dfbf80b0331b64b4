using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>What OpenTelemetry's own exporter sends.</summary>
public sealed partial class OtlpSdkTests
{
    private const string Key = "right";

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Exporter_of_the_sdk_is_understood(OtlpExportProtocol protocol)
    {
        await using var receiver = await DashboardReceiver.StartAsync(key: Key);
        var name = $"Test.Sdk.{protocol}";
        using var source = new System.Diagnostics.ActivitySource(name);
        using var meter = new Meter(name);
        var counter = meter.CreateCounter<long>("things");
        using (var traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Resource).AddSource(name)
            .AddOtlpExporter(options => Target(options, receiver, protocol, "traces")).Build())
        using (var metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Resource).AddMeter(name)
            .AddOtlpExporter(options => Target(options, receiver, protocol, "metrics")).Build())
        using (var logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("sdk"));
            options.AddOtlpExporter(exporter => Target(exporter, receiver, protocol, "logs"));
        })))
        {
            using var span = source.StartActivity("work");
            counter.Add(3);
            Failed(logs.CreateLogger("Test.Category"), 42, new InvalidOperationException("broken"));
        }

        var log = (await receiver.GetAsync("logs")).GetProperty("logs")[0];
        var detail = await receiver.GetAsync($"logs/{log.GetProperty("id").GetInt64()}");
        Assert.Equal("Number 42 failed", log.GetProperty("message").GetString());
        Assert.Equal("Number {Number} failed", detail.GetProperty("template").GetString());
        Assert.Equal("Test.Category", log.GetProperty("category").GetString());
        Assert.Equal("error", log.GetProperty("level").GetString());
        Assert.Equal("broken", detail.GetProperty("exception").GetProperty("message").GetString());
        Assert.Equal("""[{"key":"Number","value":"42"}]""", detail.GetProperty("attributes").GetRawText());
        Assert.Equal("Failed", detail.GetProperty("event").GetString());
        var trace = (await receiver.GetAsync("traces")).GetProperty("traces")[0];
        Assert.Equal(trace.GetProperty("id").GetString(), log.GetProperty("trace").GetString());
        Assert.Equal(1, (await receiver.GetAsync($"traces/{trace.GetProperty("id").GetString()}")).GetProperty("spans")[0].GetProperty("logs").GetInt32());
        var instrument = (await receiver.GetAsync("metrics")).GetProperty("resources")[0].GetProperty("meters")[0].GetProperty("instruments")[0];
        Assert.Equal(("things", "counter"), (instrument.GetProperty("name").GetString(), instrument.GetProperty("kind").GetString()));

        static void Resource(ResourceBuilder resource) => resource.AddService("sdk");
    }

    private static void Target(OtlpExporterOptions options, DashboardReceiver receiver, OtlpExportProtocol protocol, string signal)
    {
        options.Protocol = protocol;
        options.Headers = $"x-otlp-api-key={Key}";
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? receiver.GrpcAddress : new(receiver.Http.BaseAddress!, $"/v1/{signal}");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Number {Number} failed")]
    private static partial void Failed(ILogger logger, int number, Exception exception);
}
