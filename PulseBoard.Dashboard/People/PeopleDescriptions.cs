using System.Net.Mime;
using Microsoft.OpenApi;

namespace PulseBoard.Dashboard.People;

/// <summary>What the description of the API says of a request that is read by hand.</summary>
internal static class PeopleDescriptions
{
    /// <summary>The file of an import. Not by Accepts: routing would refuse other types itself, and tell people to send JSON.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint, string example) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaTypeNames.Text.Csv] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example },
                },
            };
            return Task.CompletedTask;
        });
}
