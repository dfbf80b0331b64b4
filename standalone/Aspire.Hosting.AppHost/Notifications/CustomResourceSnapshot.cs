using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How one process of a resource did at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind of resource, such as <c>Project</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Facts about it, such as <c>executable.pid</c>.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When its process started, in UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When its process ended, in UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>What it is doing: one of <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code of its process, once it has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The worst of its health checks while it runs; healthy where it has none; null while it does not run.</summary>
    public HealthStatus? HealthStatus
    {
        get
        {
            if (State?.Text != KnownResourceStates.Running)
            {
                return null;
            }

            return HealthReports.IsEmpty
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
                : HealthReports.Min(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
        }
    }

    /// <summary>What its health checks said last.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>Its links.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Whether it was healthy since it started, and all that had to follow from that is done.</summary>
    internal bool IsReady { get; init; }

    /// <summary>Why it could not start.</summary>
    internal string? FailureReason { get; init; }

    /// <summary>Whether it is in that state.</summary>
    internal bool IsIn(string state) => State?.Text == state;

    /// <summary>Whether no process runs and none will by itself.</summary>
    internal bool IsTerminal => State is { Text: var text } && KnownResourceStates.TerminalStates.Contains(text);

    /// <summary>Whether it ended in a way nobody asked for. A server has no reason to end by itself, whatever its exit code.</summary>
    internal bool HasFailed => IsIn(KnownResourceStates.FailedToStart)
        || (!WasStopped && (IsIn(KnownResourceStates.Exited) || ExitCode is not (null or 0)));

    /// <summary>Whether someone asked for it to stop.</summary>
    internal bool WasStopped { get; init; }
}

/// <summary>A state.</summary>
/// <param name="Text">One of <see cref="KnownResourceStates"/>.</param>
/// <param name="Style">How it is shown.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state that is shown in no special way.</summary>
    /// <param name="s">One of <see cref="KnownResourceStates"/>.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}

/// <summary>A fact about a resource.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Value">The fact.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value);

/// <summary>A link of a resource.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is meant for other resources only.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How a link is shown.</summary>
/// <param name="DisplayName">The text instead of the address.</param>
/// <param name="SortOrder">Its place among the links; higher is first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>What a health check said.</summary>
/// <param name="Name">The name under which the check is registered.</param>
/// <param name="Status">Its result; null: it did not run yet.</param>
/// <param name="Description">What it says about it.</param>
/// <param name="ExceptionText">The error it met.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText);
