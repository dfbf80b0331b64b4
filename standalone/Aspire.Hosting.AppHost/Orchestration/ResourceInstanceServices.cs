using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Standalone;

/// <summary>What the processes of one application share.</summary>
internal sealed record ResourceInstanceServices(
    IServiceProvider Provider,
    ResourceNotificationService Notifications,
    IDistributedApplicationEventing Eventing,
    ProcessSpecFactory Specs,
    DataDirectories Data,
    ChildProcesses Processes,
    TimeProvider Time);
