using System.Net.Mime;
using Microsoft.OpenApi;

namespace PulseBoard.Dashboard.People;

/// <summary>What the description of the API says of requests that are read by hand.</summary>
internal static class PeopleDescriptions
{
    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String };

    /// <summary>The parameters of the list of people.</summary>
    public static void Parameters(OpenApiOperation operation) =>
        operation.Parameters =
        [
            .. PeopleParameters.All.Select(name => new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Schema = name == PeopleParameters.Team ? new() { Type = JsonSchemaType.Array, Items = Text } : Text,
            }),
        ];

    /// <summary>The file of an import. Not by Accepts: routing would refuse other types itself, and tell people to send JSON.</summary>
    public static void File(OpenApiOperation operation) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [MediaTypeNames.Text.Csv] = new() { Schema = Text } },
        };

    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, Action<OpenApiOperation> describe)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            describe(operation);
            return Task.CompletedTask;
        });
}
