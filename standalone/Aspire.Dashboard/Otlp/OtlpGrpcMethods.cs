using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// The three services of OTLP. They are bound here rather than generated, so that a message that cannot be parsed is answered and
/// counted as what it is: gRPC would call it an unknown error, which exporters may take for one of the server's.
/// </summary>
internal sealed class OtlpGrpcMethods(Rejections rejections) : IServiceMethodProvider<OtlpIntake>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<OtlpIntake> context)
    {
        Add(TraceServiceReflection.Descriptor, (OtlpIntake intake, ExportTraceServiceRequest request) => intake.Take(request));
        Add(MetricsServiceReflection.Descriptor, (OtlpIntake intake, ExportMetricsServiceRequest request) => intake.Take(request));
        Add(LogsServiceReflection.Descriptor, (OtlpIntake intake, ExportLogsServiceRequest request) => intake.Take(request));

        void Add<TRequest, TResponse>(FileDescriptor file, Func<OtlpIntake, TRequest, TResponse> take)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>
        {
            var export = file.Services.Single().Methods.Single();
            context.AddUnaryMethod(
                new Method<TRequest, TResponse>(MethodType.Unary, export.Service.FullName, export.Name, Requests<TRequest>(), Responses<TResponse>()),
                [],
                (intake, request, _) => Task.FromResult(take(intake, request)));
        }
    }

    private Marshaller<T> Requests<T>()
        where T : class, IMessage<T>, new()
    {
        var known = new MessageParser<T>(() => new T()).WithDiscardUnknownFields(true);
        return Marshallers.Create<T>(
            (_, _) => throw new NotSupportedException("The server sends no requests."),
            context =>
            {
                try
                {
                    return known.ParseFrom(context.PayloadAsReadOnlySequence());
                }
                catch (InvalidProtocolBufferException exception)
                {
                    rejections.CountMalformed();
                    throw new RpcException(new Status(StatusCode.InvalidArgument, exception.Message));
                }
            });
    }

    private static Marshaller<T> Responses<T>()
        where T : class, IMessage<T> => Marshallers.Create<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            _ => throw new NotSupportedException("The server reads no responses."));
}
