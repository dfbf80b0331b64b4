using Aspire.Hosting.Standalone;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts and stops single resources.</summary>
public class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => _orchestrator = orchestrator;

    /// <summary>Carries out a command.</summary>
    /// <param name="resourceId">The id of a process, as events carry it, or the name of a resource that has only one.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands"/>.</param>
    /// <param name="cancellationToken">Ends the patience with it.</param>
    /// <returns>Whether it worked, and why not.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var instances = _orchestrator.Find(resourceId);
        return instances.Count == 1
            ? ExecuteAsync(instances, commandName, cancellationToken)
            : Task.FromResult(Failed($"'{resourceId}' is the id of no process, and the name of {instances.Count}."));
    }

    /// <summary>Carries out a command on every process of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">One of <see cref="KnownResourceCommands"/>.</param>
    /// <param name="cancellationToken">Ends the patience with it.</param>
    /// <returns>Whether it worked, and why not.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var instances = _orchestrator.Find(resource.Name);
        return instances.Count > 0
            ? ExecuteAsync(instances, commandName, cancellationToken)
            : Task.FromResult(Failed($"'{resource.Name}' has no process."));
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync(
        IReadOnlyList<ResourceInstance> instances,
        string commandName,
        CancellationToken cancellationToken)
    {
        Func<ResourceInstance, Task>? command = commandName switch
        {
            "start" => instance => instance.StartAsync(cancellationToken),
            "stop" => instance => instance.StopAsync(cancellationToken),
            "restart" => instance => instance.RestartAsync(cancellationToken),
            _ => null,
        };
        if (command is null)
        {
            return Failed($"There is no command '{commandName}'.");
        }

        try
        {
            await Task.WhenAll(instances.Select(command)).ConfigureAwait(false);
            return new ExecuteCommandResult { Success = true };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ExecuteCommandResult { Success = false, Canceled = true };
        }
        catch (DistributedApplicationException exception)
        {
            return Failed(exception.Message);
        }
    }

    private static ExecuteCommandResult Failed(string message) => new() { Success = false, ErrorMessage = message };
}

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it worked.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was given up on request.</summary>
    public bool Canceled { get; init; }

    /// <summary>Why it did not work.</summary>
    public string? ErrorMessage { get; init; }
}
