using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource whose addresses are handed to those that refer to it.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints
{
}
