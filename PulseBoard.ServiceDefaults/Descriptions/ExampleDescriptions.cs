using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace PulseBoard.ServiceDefaults.Descriptions;

/// <summary>Shows what operations take and answer, written as the service itself would write it.</summary>
internal sealed class ExampleDescriptions : IOpenApiOperationTransformer
{
    /// <summary>The trace id of examples.</summary>
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var example in metadata.OfType<AnswerExample>())
        {
            if (operation.Responses?.TryGetValue(Text(example.Status), out var response) == true)
            {
                Show(response.Content, example.Value, context);
            }
        }

        if (metadata.OfType<RequestExample>().LastOrDefault() is { } request)
        {
            Show(operation.RequestBody?.Content, request.Value, context);
        }

        return Task.CompletedTask;
    }

    /// <summary>A status as descriptions name it.</summary>
    public static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value as endpoints answer it.</summary>
    public static JsonNode? Write(object value, OpenApiOperationTransformerContext context) =>
        JsonSerializer.SerializeToNode(
            value, value.GetType(), context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    // The first kind of content: the others, if any, are ways to write the same.
    private static void Show(IDictionary<string, OpenApiMediaType>? content, object value, OpenApiOperationTransformerContext context) =>
        content?.Values.FirstOrDefault()?.Example = Write(value, context);
}
