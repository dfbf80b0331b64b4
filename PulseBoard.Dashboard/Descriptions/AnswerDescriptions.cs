using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Caching;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Descriptions;

/// <summary>Says what the answer of a question looks like in each format, and which headers tell how old it is.</summary>
internal sealed class AnswerDescriptions : IOpenApiOperationTransformer
{
    // So many lines show what a table is like.
    private const int ExampleRows = 3;

    private static readonly string[] CacheStatuses = [CacheStatus.Hit, CacheStatus.Miss, CacheStatus.Error, CacheStatus.Stale];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        if (operation.Responses?.GetValueOrDefault("200") is not OpenApiResponse found)
        {
            return Task.CompletedTask;
        }

        if (metadata.OfType<AnswerTable>().LastOrDefault() is { } table && metadata.OfType<AnswerExample>().LastOrDefault() is { } example)
        {
            DescribeRows(found, table.Of(example.Value), context);
        }

        if (operation.Responses.GetValueOrDefault("304") is OpenApiResponse unchanged)
        {
            DescribeConditions(operation, found, unchanged, document);
        }
        else if (HttpMethods.IsGet(context.Description.HttpMethod ?? ""))
        {
            found.Headers ??= new Dictionary<string, IOpenApiHeader>();
            found.Headers[HeaderNames.CacheControl] = Header("Nobody may keep it.", "no-store");
        }

        return Task.CompletedTask;
    }

    private static void DescribeRows(OpenApiResponse found, Table table, OpenApiOperationTransformerContext context)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        object?[][] rows = [.. table.Rows.Take(ExampleRows)];
        found.Content ??= new Dictionary<string, OpenApiMediaType>();
        foreach (var format in AnswerFormat.All.Where(format => format != AnswerFormat.Json))
        {
            found.Content[format.MediaType] = new()
            {
                // The rows have no schema of their own: they are the table of the answer that JSON has.
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = $"The answer's table, also at this path with '.{format.Extension}' where its last part is fixed." },
                Example = Write(format, table.Columns, rows, json),
            };
        }
    }

    /// <summary>Rows as answers have them.</summary>
    public static string Write(AnswerFormat format, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, JsonSerializerOptions json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = RowWriter.Create(format, columns, output, json);
        writer.WriteAll(rows);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void DescribeConditions(OpenApiOperation operation, OpenApiResponse found, OpenApiResponse unchanged, OpenApiDocument document)
    {
        Register(document);
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameterReference(HeaderNames.IfNoneMatch, document));
        found.Headers = References(document);
        unchanged.Description = "The answer is still the one that 'If-None-Match' names.";
        unchanged.Headers = References(document);
    }

    private static Dictionary<string, IOpenApiHeader> References(OpenApiDocument document) =>
        document.Components!.Headers!.Keys.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document));

    // Once for all operations.
    private static void Register(OpenApiDocument document)
    {
        if (document.Components?.Headers is not null)
        {
            return;
        }

        document.AddComponent(AnswerHeaders.CacheStatusName, new OpenApiHeader
        {
            Description = "Where the answer came from: HIT from the cache; MISS computed, and kept; ERROR computed because the cache did not answer; "
                + "STALE from the cache and a moment behind, while the next one is computed. A request with 'Cache-Control: no-cache' never gets the last.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. CacheStatuses.Select(status => (JsonNode)status)] },
            Example = CacheStatus.Hit,
        });
        document.AddComponent(HeaderNames.Age, new OpenApiHeader
        {
            Description = "How many seconds ago the answer was computed.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" },
            Example = 2,
        });
        document.AddComponent(HeaderNames.CacheControl, Header("Keep it, and ask each time whether it still holds.", AnswerHeaders.KeepAndAsk));
        document.AddComponent(HeaderNames.ETag, Header("Which body this is, to send as 'If-None-Match'.", "\"n4bQgYhMfWWaL28IoEZJhQ\""));
        document.AddComponent(HeaderNames.IfNoneMatch, new OpenApiParameter
        {
            Name = HeaderNames.IfNoneMatch,
            In = ParameterLocation.Header,
            Description = "The 'ETag' of an answer that the client has: where it still holds, 304 says so without a body.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static OpenApiHeader Header(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };
}

/// <summary>How an endpoint's answer becomes rows.</summary>
/// <param name="Of">The table of an answer.</param>
internal sealed record AnswerTable(Func<object, Table> Of);
