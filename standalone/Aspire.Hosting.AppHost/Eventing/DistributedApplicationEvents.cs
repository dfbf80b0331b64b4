using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource is about to start; what it needs to know can still be worked out.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The services of the host.</param>
    public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc />
        public IResource Resource { get; } = resource;

        /// <summary>The services of the host.</summary>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>The connection string of a resource is known.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The services of the host.</param>
    public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc />
        public IResource Resource { get; } = resource;

        /// <summary>The services of the host.</summary>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>A resource runs and is healthy. Those that wait for it go on when every handler has returned.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="services">The services of the host.</param>
    public class ResourceReadyEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc />
        public IResource Resource { get; } = resource;

        /// <summary>The services of the host.</summary>
        public IServiceProvider Services { get; } = services;
    }
}

namespace Aspire.Hosting.Eventing
{
    /// <summary>Something that happened to the application.</summary>
    public interface IDistributedApplicationEvent
    {
    }

    /// <summary>Something that happened to one resource.</summary>
    public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
    {
        /// <summary>The resource.</summary>
        ApplicationModel.IResource Resource { get; }
    }
}
