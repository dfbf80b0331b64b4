using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PulseBoard.ServiceDefaults.Descriptions;

/// <summary>What the descriptions of all services have in common.</summary>
public static class ServiceDescription
{
    /// <summary>Where a service is described.</summary>
    public const string Path = "/openapi/v1.json";

    /// <summary>Describes a service: who may ask it, what its errors are like, and the examples of its endpoints.</summary>
    /// <param name="options">The description's options.</param>
    /// <param name="title">What the API is called.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="tags">Each tag with what has it.</param>
    public static void DescribeService(
        this OpenApiOptions options, string title, string description, params (string Name, string Description)[] tags)
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                DescribeProblem(schema);
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer<AccessDescriptions>();
        options.AddOperationTransformer<ExampleDescriptions>();
        options.AddOperationTransformer<ProblemDescriptions>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Description, document.Info.Version) = (title, description, "v1");

            // Wherever it is read: the address that was asked says nothing about the API.
            document.Servers = [];
            foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            {
                tag.Description = Array.Find(tags, known => known.Name == tag.Name).Description;
            }

            foreach (var (_, operation) in document.Paths.Values.SelectMany(path => path.Operations ?? []))
            {
                Sort(operation);
            }

            return Task.CompletedTask;
        });
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "An error (RFC 9457).";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties[Problems.CodeMember] = Text("What is wrong, in snake_case, for programs: it never changes.", "invalid_parameter");
        schema.Properties[Problems.FieldMember] = Text("The parameter or field at fault, as it is named on the wire; absent where it is none.", "tz");
        schema.Properties[Problems.TraceIdMember] = Text("What the request is found by in logs and traces.", ExampleDescriptions.TraceId);
        schema.Required ??= new HashSet<string>();
        schema.Required.Add(Problems.CodeMember);
        schema.Required.Add(Problems.TraceIdMember);
    }

    private static OpenApiSchema Text(string description, string example) =>
        new() { Type = JsonSchemaType.String, Description = description, Examples = [JsonValue.Create(example)] };

    // In the order of their statuses, and not in that in which conventions happened to be applied.
    private static void Sort(OpenApiOperation operation)
    {
        if (operation.Responses is not { } responses)
        {
            return;
        }

        var sorted = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(response => response.Key, StringComparer.Ordinal))
        {
            sorted[status] = response;
        }

        operation.Responses = sorted;
    }
}
