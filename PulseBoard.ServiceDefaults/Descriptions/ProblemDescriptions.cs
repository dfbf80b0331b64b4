using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace PulseBoard.ServiceDefaults.Descriptions;

/// <summary>Says of each error that an operation answers which codes it may have, with an example of each.</summary>
internal sealed class ProblemDescriptions : IOpenApiOperationTransformer
{
    private const string ProblemType = "application/problem+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var problems = context.Description.ActionDescriptor.EndpointMetadata.OfType<DescribedProblems>().SelectMany(described => described.Problems);
        Add(operation, context, [.. problems]);
        return Task.CompletedTask;
    }

    /// <summary>Adds errors to what an operation answers.</summary>
    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, params ProblemHttpResult[] problems)
    {
        operation.Responses ??= [];
        foreach (var same in problems.GroupBy(problem => problem.StatusCode))
        {
            var status = ExampleDescriptions.Text(same.Key);
            if (!operation.Responses.TryGetValue(status, out var found) || found is not OpenApiResponse response)
            {
                operation.Responses[status] = response = new();
            }

            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            if (!response.Content.TryGetValue(ProblemType, out var content))
            {
                response.Content[ProblemType] = content = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) };
            }

            content.Examples ??= new Dictionary<string, IOpenApiExample>();
            foreach (var problem in same)
            {
                var code = (string)problem.ProblemDetails.Extensions[Problems.CodeMember]!;
                content.Examples.TryAdd(code, new OpenApiExample { Value = Body(problem, context) });
            }

            response.Description = $"{ReasonPhrases.GetReasonPhrase(same.Key)}: {string.Join(", ", content.Examples.Keys)}.";
            if (same.Key is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            {
                response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                response.Headers["Retry-After"] = new OpenApiHeader
                {
                    Description = "After how many seconds to ask again.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    Example = JsonValue.Create(1),
                };
            }
        }
    }

    private static JsonNode? Body(ProblemHttpResult problem, OpenApiOperationTransformerContext context)
    {
        var body = ExampleDescriptions.Write(problem.ProblemDetails, context);
        body?[Problems.TraceIdMember] = ExampleDescriptions.TraceId;
        return body;
    }
}
