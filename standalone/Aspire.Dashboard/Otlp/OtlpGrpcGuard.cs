using System.Globalization;
using Aspire.Dashboard.Telemetry;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Stands before the gRPC services: who has not the key is refused before the message is read, and one that was too large is
/// counted. An interceptor would be asked only after the message has been read.
/// </summary>
internal sealed class OtlpGrpcGuard(OtlpApiKey key, Rejections rejections)
{
    private const string ContentType = "application/grpc";
    private const string StatusTrailer = "grpc-status";
    private const string MessageTrailer = "grpc-message";

    private static readonly string TooLarge = Text(StatusCode.ResourceExhausted);

    public void Protect(EndpointBuilder endpoint)
    {
        var call = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            if (!key.Admits(context.Request))
            {
                rejections.CountUnauthorized();
                Refuse(context.Response);
                return;
            }

            await call(context);
            if (Status(context) == TooLarge)
            {
                rejections.CountTooLarge();
            }
        };
    }

    // An answer of gRPC without a message has its trailers in the headers.
    private static void Refuse(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers[StatusTrailer] = Text(StatusCode.Unauthenticated);
        response.Headers[MessageTrailer] = $"The header {OtlpApiKey.Header} does not name the key.";
    }

    private static string? Status(HttpContext context) =>
        context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers && trailers.TryGetValue(StatusTrailer, out var status)
            ? status
            : context.Response.Headers[StatusTrailer];

    private static string Text(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
