using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aspire.Dashboard.Otlp;

/// <summary>Receives telemetry over OTLP, by gRPC and by HTTP.</summary>
internal static class OtlpReceiver
{
    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddTelemetryStores();
        services.AddGrpc();
        services.AddOptions<GrpcServiceOptions<OtlpIntake>>().Configure<TelemetryLimits>(
            (grpc, limits) => grpc.MaxReceiveMessageSize = limits.RequestBytes);
        services.TryAddSingleton<OtlpIntake>();
        services.TryAddSingleton<OtlpApiKey>();
        services.TryAddSingleton<OtlpGrpcGuard>();
        services.TryAddSingleton<OtlpHttp>();
        services.TryAddSingleton(provider => provider.GetRequiredService<TelemetryRepository>().Rejections);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<OtlpIntake>, OtlpGrpcMethods>());
    }

    public static void MapOtlpGrpc(this IEndpointRouteBuilder app) =>
        app.MapGrpcService<OtlpIntake>().Add(app.ServiceProvider.GetRequiredService<OtlpGrpcGuard>().Protect);

    public static void MapOtlpHttp(this IEndpointRouteBuilder app)
    {
        var intake = app.ServiceProvider.GetRequiredService<OtlpIntake>();
        app.MapExport("/v1/traces", ExportTraceServiceRequest.Parser, intake.Take);
        app.MapExport("/v1/metrics", ExportMetricsServiceRequest.Parser, intake.Take);
        app.MapExport("/v1/logs", ExportLogsServiceRequest.Parser, intake.Take);
    }

    private static void MapExport<T>(this IEndpointRouteBuilder app, string path, MessageParser<T> parser, Func<T, IMessage> take)
        where T : IMessage<T>
    {
        var http = app.ServiceProvider.GetRequiredService<OtlpHttp>();
        var known = parser.WithDiscardUnknownFields(true);
        app.MapPost(path, (RequestDelegate)(context => http.TakeAsync(context, known, take)));
    }
}
