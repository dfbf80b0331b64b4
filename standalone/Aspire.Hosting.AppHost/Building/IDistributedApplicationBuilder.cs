using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Models an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The configuration of the host.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the host's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The environment of the host.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Lets parts of the model act when something happens.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>What the application was started for.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>What was added so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    /// <exception cref="DistributedApplicationException">Another resource has that name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>Makes a builder for a resource without adding it.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="resource">The resource.</param>
    /// <returns>Its builder.</returns>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Makes the application from the model.</summary>
    /// <returns>The application, which has not started.</returns>
    DistributedApplication Build();
}
