namespace Aspire.Dashboard.Resources;

/// <summary>A resource as its page shows it. Moments are milliseconds since the Unix epoch.</summary>
/// <param name="Id">Names its process; a new one each time that the host runs.</param>
/// <param name="Name">The name in the model, which replicas share.</param>
/// <param name="DisplayName">The name in tables and on the console.</param>
/// <param name="Type">The kind, such as <c>Project</c>.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Failed">Whether it ended, or did not start, in a way nobody asked for.</param>
/// <param name="Health">The worst of its checks; null while it does not run.</param>
/// <param name="HealthReports">What its checks said last.</param>
/// <param name="ExitCode">Its exit code, once it has ended.</param>
/// <param name="Reason">Why it failed, in words.</param>
/// <param name="Started">When its process started.</param>
/// <param name="Stopped">When its process ended.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Source">The project or program that it runs.</param>
/// <param name="Arguments">What that is started with.</param>
/// <param name="Urls">Its links.</param>
/// <param name="Environment">What its process was given; secrets without their values.</param>
/// <param name="Commands">What can be done with it now.</param>
/// <param name="Telemetry">The name that its telemetry has; null where it sends none.</param>
/// <param name="Parent">The resource that it is a part of.</param>
internal sealed record ResourceView(
    string Id,
    string Name,
    string DisplayName,
    string Type,
    string State,
    bool Failed,
    string? Health,
    IReadOnlyList<HealthReportView> HealthReports,
    int? ExitCode,
    string? Reason,
    double? Started,
    double? Stopped,
    int? Pid,
    string? Source,
    string? Arguments,
    IReadOnlyList<UrlView> Urls,
    IReadOnlyList<VariableView> Environment,
    IReadOnlyList<string> Commands,
    string? Telemetry,
    string? Parent);

/// <summary>What a health check said; a null status: it did not run yet.</summary>
internal sealed record HealthReportView(string Name, string? Status, string? Description, string? Error);

/// <summary>A link. Internal ones are for other resources.</summary>
internal sealed record UrlView(string? Name, string Text, string Url, bool Internal);

/// <summary>An environment variable; a secret one has no value here.</summary>
internal sealed record VariableView(string Name, string? Value, bool Secret);

/// <summary>All of them.</summary>
internal sealed record ResourcesView(string Application, IReadOnlyList<ResourceView> Resources);
