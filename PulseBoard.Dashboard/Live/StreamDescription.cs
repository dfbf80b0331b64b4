using System.Text;
using System.Text.Json;
using Microsoft.OpenApi;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Live;

/// <summary>What the API's description says of a stream: how it begins, and what its messages have.</summary>
internal static class StreamDescription
{
    private const long Version = 1_795_369_330_412;

    // A stream is no JSON document, so that nothing else brings these schemas into the description.
    private static readonly Type[] Messages = [typeof(MetricsChanged), typeof(MetricsHeartbeat)];

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly DateTimeOffset At = new(2026, 11, 22, 17, 42, 10, TimeSpan.Zero);

    private static readonly MetricsChanged Changed = new(
        Version, At, Kinds: ["events"], From: At.AddMinutes(-12).AddSeconds(-10), To: At.AddMinutes(2).AddSeconds(50), Events: 17);

    private static string Beginning { get; } = Encoding.UTF8.GetString(
    [
        .. StreamMessage.Retry(TimeSpan.FromSeconds(2)),
        .. StreamMessage.Create(MetricsChanged.EventType, Version, Changed, Wire),
        .. StreamMessage.Create(MetricsHeartbeat.EventType, id: null, new MetricsHeartbeat(Version, At.AddSeconds(15)), Wire),
    ]);

    public static RouteHandlerBuilder WithMessages(this RouteHandlerBuilder endpoint) =>
        endpoint.WithExample(Beginning).AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            foreach (var message in Messages)
            {
                context.Document!.AddComponent(message.Name, await context.GetOrCreateSchemaAsync(message, cancellationToken: cancellationToken));
            }

            operation.Responses!["200"].Content!.Values.Single().Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = $"Server-sent events: the data of '{MetricsChanged.EventType}' is {nameof(MetricsChanged)}, that of "
                    + $"'{MetricsHeartbeat.EventType}' is {nameof(MetricsHeartbeat)}.",
            };
        });
}
