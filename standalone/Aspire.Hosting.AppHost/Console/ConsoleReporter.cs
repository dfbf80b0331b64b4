using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// Tells people how the application does: a table when all resources have settled, and again when one fails after that. A
/// resource that fails before ends the host, with the reason and its last lines.
/// </summary>
internal sealed class ConsoleReporter(
    ResourceNotificationService notifications,
    Orchestrator orchestrator,
    ConsoleOutput console,
    IHostApplicationLifetime application,
    TimeProvider time,
    DashboardService? dashboard = null) : BackgroundService
{
    private const string ModeLine =
        "standalone mode: servers run as native processes. For containers and the Aspire dashboard install Docker or Podman, or set PulseBoardStandalone=false.";

    private readonly long _started = time.GetTimestamp();
    private readonly HashSet<string> _failed = [];
    private bool _settled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        console.WriteLine(ModeLine);
        WriteLoginLink();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (application.ApplicationStopping.IsCancellationRequested)
                {
                    return;
                }

                Report(change);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Report(ResourceEvent change)
    {
        if (!change.Snapshot.HasFailed)
        {
            _failed.Remove(change.ResourceId);
        }
        else if (_failed.Add(change.ResourceId) && orchestrator.Find(change.ResourceId) is [var instance])
        {
            ReportFailure(change, instance);
            return;
        }

        if (!_settled && orchestrator.Instances.Count > 0 && notifications.Latest().All(e => HasSettled(e.Snapshot)))
        {
            _settled = true;
            ShowTable();
            var seconds = time.GetElapsedTime(_started).TotalSeconds;
            WriteLoginLink();
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All healthy after {seconds:0.0} s. Ctrl-C stops everything."));
        }
    }

    private void ReportFailure(ResourceEvent change, ResourceInstance instance)
    {
        if (_settled)
        {
            ShowTable();
        }

        console.WriteLine($"'{change.Resource.Name}' has failed: {ResourceNotificationService.Describe(change.Snapshot)}. Its last lines:");
        foreach (var line in instance.Output.Last())
        {
            console.WriteLine("  " + line);
        }

        if (!_settled)
        {
            Environment.ExitCode = ExitCodes.StartFailed;
            application.StopApplication();
        }
    }

    private void WriteLoginLink()
    {
        if (dashboard?.Server is { } server)
        {
            console.WriteLine($"Login to the dashboard at {server.LoginLink}");
        }
    }

    private void ShowTable()
    {
        foreach (var line in ResourceTable.Lines(notifications.Latest()))
        {
            console.WriteLine(line);
        }
    }

    private static bool HasSettled(CustomResourceSnapshot snapshot) =>
        ResourceNotificationService.IsHealthy(snapshot) || (snapshot.IsIn(KnownResourceStates.Finished) && !snapshot.HasFailed);
}
