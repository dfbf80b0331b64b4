using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Failure = Aspire.Dashboard.Otlp.Protocol.Rpc.Status;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP over HTTP. Refusals are messages as the protocol has them, so that exporters can say why.</summary>
internal sealed class OtlpHttp(OtlpApiKey key, TelemetryLimits limits, Rejections rejections)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Takes an export in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parser">What it is.</param>
    /// <param name="take">What takes it.</param>
    public async Task TakeAsync<T>(HttpContext context, MessageParser<T> parser, Func<T, IMessage> take)
        where T : IMessage<T>
    {
        var cancellationToken = context.RequestAborted;
        if (!key.Admits(context.Request))
        {
            rejections.CountUnauthorized();
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, $"The header {OtlpApiKey.Header} does not name the key.");
            return;
        }

        if (!IsProtobuf(context.Request))
        {
            rejections.CountMalformed();
            await RefuseTypeAsync(context.Response, cancellationToken);
            return;
        }

        if (!OtlpBody.CanDecode(context.Request))
        {
            rejections.CountMalformed();
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, StatusCode.InvalidArgument, "A body is sent as it is, or with gzip.");
            return;
        }

        try
        {
            using var body = await OtlpBody.ReadAsync(context.Request, limits.RequestBytes, cancellationToken);
            if (body is null)
            {
                rejections.CountTooLarge();
                await RefuseAsync(
                    context, StatusCodes.Status413PayloadTooLarge, StatusCode.ResourceExhausted, $"An export has at most {limits.RequestBytes} bytes, uncompressed.");
                return;
            }

            await AnswerAsync(context.Response, StatusCodes.Status200OK, take(parser.ParseFrom(body.Bytes)), cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            rejections.CountMalformed();
            await RefuseAsync(context, StatusCodes.Status400BadRequest, StatusCode.InvalidArgument, exception.Message);
        }
    }

    private static bool IsProtobuf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase);

    // Who sends something else would not read a message.
    private static Task RefuseTypeAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        response.ContentType = Text;
        return response.WriteAsync(
            $"Exports are taken as {Protobuf}. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, or grpc with the address for gRPC.\n", cancellationToken);
    }

    private static Task RefuseAsync(HttpContext context, int status, StatusCode code, string message) =>
        AnswerAsync(context.Response, status, new Failure { Code = (int)code, Message = message }, context.RequestAborted);

    private static async Task AnswerAsync(HttpResponse response, int status, IMessage message, CancellationToken cancellationToken)
    {
        var bytes = message.ToByteArray();
        response.StatusCode = status;
        response.ContentType = Protobuf;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, cancellationToken);
    }
}
