using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.ServiceDefaults.Descriptions;

/// <summary>Says of each operation which keys open it, and what those without one are told.</summary>
internal sealed class AccessDescriptions : IOpenApiOperationTransformer
{
    private const string SchemeName = "key";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Document is not { } document
            || context.ApplicationServices.GetService<IAccessKeys>() is not { } keys
            || context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            return Task.CompletedTask;
        }

        if (document.Components?.SecuritySchemes?.ContainsKey(SchemeName) != true)
        {
            document.AddComponent(SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = $"One of: {string.Join(", ", keys.All.Select(key => key.Name))}. In Development, requests from the same machine need none.",
            });
        }

        operation.Security = [new() { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];

        var opening = keys.Opening(new DefaultHttpContext { Request = { Method = context.Description.HttpMethod ?? HttpMethods.Get } }.Request);
        operation.Description = $"{operation.Description}{(operation.Description is null ? "" : "\n\n")}Opened by: {string.Join(", ", opening.Select(key => key.Name))}.";
        ProblemDescriptions.Add(
            operation,
            context,
            Problems.Problem(StatusCodes.Status401Unauthorized, AccessProblems.CredentialsMissing, $"This request needs the {opening[0].Name}."),
            Problems.Problem(StatusCodes.Status401Unauthorized, AccessProblems.CredentialsInvalid, "What was presented is not a key of this service."));
        if (keys.All.Except(opening).FirstOrDefault() is { } lesser)
        {
            ProblemDescriptions.Add(
                operation,
                context,
                Problems.Problem(StatusCodes.Status403Forbidden, AccessProblems.CredentialsInsufficient, $"The {lesser.Name} does not open this."));
        }

        return Task.CompletedTask;
    }
}
