using Aspire.Dashboard.Resources;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>Tells the dashboard of the host's resources, and carries out what it asks for.</summary>
internal sealed class HostResourceSource(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    IServiceProvider services,
    IHostEnvironment host) : IResourceSource
{
    private const string ProjectSuffix = ".AppHost";
    private const string ProcessIdProperty = "executable.pid";

    private readonly SecretVariables _secrets = new(model);

    public string ApplicationName { get; } =
        host.ApplicationName.EndsWith(ProjectSuffix, StringComparison.Ordinal) ? host.ApplicationName[..^ProjectSuffix.Length] : host.ApplicationName;

    public long Version => notifications.Version;

    // Asked for late: the orchestrator starts processes with what the dashboard tells it.
    private Orchestrator Orchestrator => services.GetRequiredService<Orchestrator>();

    public IReadOnlyList<ResourceView> All()
    {
        var instances = Orchestrator.Instances.ToDictionary(instance => instance.Id);
        var order = model.Resources.Select((resource, index) => (resource, index)).ToDictionary(pair => pair.resource, pair => pair.index);
        return
        [
            .. notifications.Latest()
                .OrderBy(latest => order.GetValueOrDefault(latest.Resource, int.MaxValue))
                .ThenBy(latest => instances.GetValueOrDefault(latest.ResourceId)?.Output.Name, StringComparer.Ordinal)
                .Select(latest => View(latest, instances.GetValueOrDefault(latest.ResourceId))),
        ];
    }

    public string? VariableOf(string id, string name) =>
        Find(id)?.Spec?.Environment.TryGetValue(name, out var value) == true ? value : null;

    public ConsoleLog? ConsoleOf(string id) => Find(id)?.Output.Log;

    public async Task<string?> ExecuteAsync(string id, string command, CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(id, command, cancellationToken).ConfigureAwait(false);
        return result.Success ? null : result.ErrorMessage ?? "It was given up.";
    }

    private ResourceInstance? Find(string id) => Orchestrator.Find(id) is [var instance] ? instance : null;

    private ResourceView View(ResourceEvent latest, ResourceInstance? instance)
    {
        var (resource, snapshot) = (latest.Resource, latest.Snapshot);
        return new(
            latest.ResourceId,
            resource.Name,
            instance?.Output.Name ?? resource.Name,
            snapshot.ResourceType.Replace("Resource", "", StringComparison.Ordinal),
            snapshot.State?.Text ?? KnownResourceStates.NotStarted,
            snapshot.HasFailed,
            snapshot.HealthStatus?.ToString(),
            [.. snapshot.HealthReports.Select(report => new HealthReportView(report.Name, report.Status?.ToString(), report.Description, FirstLine(report.ExceptionText)))],
            snapshot.ExitCode,
            snapshot.HasFailed ? ResourceNotificationService.Describe(snapshot) : null,
            Moment(snapshot.StartTimeStamp),
            Moment(snapshot.StopTimeStamp),
            snapshot.Properties.FirstOrDefault(property => property.Name == ProcessIdProperty)?.Value as int?,
            resource.TryGetLastAnnotation<IProjectMetadata>(out var project) ? project.ProjectPath : instance?.Spec?.FileName,
            instance?.Spec is { } spec ? string.Join(' ', spec.Arguments) : null,
            [.. snapshot.Urls.Select(url => new UrlView(url.Name, url.DisplayProperties.DisplayName is { Length: > 0 } text ? text : url.Url, url.Url, url.IsInternal))],
            Variables(instance),
            instance is null ? [] : Commands(snapshot),
            resource is ProjectResource ? resource.Name : null,
            (resource as IResourceWithParent)?.Parent.Name);
    }

    private VariableView[] Variables(ResourceInstance? instance) =>
    [
        .. (instance?.Spec?.Environment ?? new Dictionary<string, string?>())
            .Where(variable => variable.Value is not null)
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => _secrets.Has(variable.Key, variable.Value!)
                ? new VariableView(variable.Key, Value: null, Secret: true)
                : new VariableView(variable.Key, variable.Value, Secret: false)),
    ];

    private static IReadOnlyList<string> Commands(CustomResourceSnapshot snapshot) =>
        snapshot.IsIn(KnownResourceStates.Running) ? [KnownResourceCommands.StopCommand, KnownResourceCommands.RestartCommand]
        : snapshot.IsTerminal ? [KnownResourceCommands.StartCommand]
        : [];

    private static double? Moment(DateTime? utc) => utc is { } moment ? (moment - DateTime.UnixEpoch).TotalMilliseconds : null;

    private static string? FirstLine(string? text) => text?.Split('\n', 2)[0].TrimEnd();
}
