using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting.Standalone;

/// <summary>Writes values of the model as a compose file has them: addresses inside its network, and placeholders for parameters.</summary>
internal sealed class ComposeValue(DockerComposeServiceResource service)
{
    public string Write(object value) => value switch
    {
        string text => text,
        EndpointReference endpoint => Find(endpoint).Part(EndpointProperty.Url),
        EndpointReferenceExpression part => Find(part.Endpoint).Part(part.Property),
        ParameterResource parameter => parameter.AsEnvironmentPlaceholder(service),
        ConnectionStringReference reference => Write(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Write(resource.ConnectionStringExpression),
        ReferenceExpression expression => string.Format(
            CultureInfo.InvariantCulture, expression.Format, [.. expression.ValueProviders.Select(Write)]),
        IManifestExpressionProvider other => other.AsEnvironmentPlaceholder(service),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private ServiceEndpoint Find(EndpointReference endpoint) =>
        service.Parent.Services.TryGetValue(endpoint.Resource.Name, out var owner)
        && owner.Endpoints.TryGetValue(endpoint.EndpointName, out var found)
            ? found
            : throw new DistributedApplicationException(
                $"'{service.Name}' refers to the endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}', which is not among the published services.");
}
