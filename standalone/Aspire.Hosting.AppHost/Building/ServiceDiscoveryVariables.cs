using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>The variables in which a resource finds the addresses of another.</summary>
internal static class ServiceDiscoveryVariables
{
    public static void Add(EnvironmentCallbackContext context, IResource source, IEnumerable<EndpointReference> endpoints)
    {
        var prefix = ModelName.ToEnvironmentVariable(source.Name).ToUpperInvariant();
        foreach (var endpoint in endpoints)
        {
            var name = ModelName.ToEnvironmentVariable(endpoint.EndpointName).ToUpperInvariant();
            context.EnvironmentVariables[$"{prefix}_{name}"] = endpoint;

            var index = 0;
            while (!context.EnvironmentVariables.TryAdd($"services__{source.Name}__{endpoint.Scheme}__{index}", endpoint))
            {
                index++;
            }
        }
    }
}
