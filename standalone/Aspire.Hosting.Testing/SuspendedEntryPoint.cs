using System.Reflection;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The entry point of a host on a thread of its own. It is held where it builds its application until the test asks for that, and
/// ended right after: what it does with the application is the test's business.
/// </summary>
internal sealed class SuspendedEntryPoint(
    Assembly assembly,
    string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
{
    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IDistributedApplicationBuilder> RunToBuildAsync(CancellationToken cancellationToken)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = $"{assembly.GetName().Name} entry point" };
        thread.Start();
        return _building.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _goOn.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends an entry point that was not told to build.</summary>
    public void Abandon() => _goOn.TrySetCanceled();

    private void Run()
    {
        BuilderInterception.Current = new BuilderInterception
        {
            Assembly = assembly,
            OnCreating = configureBuilder,
            OnBuilding = builder =>
            {
                _building.TrySetResult(builder);
                _goOn.Task.GetAwaiter().GetResult();
            },
            OnBuilt = application =>
            {
                _built.TrySetResult(application);
                throw new EntryPointEndedException();
            },
        };

        Exception failure = new InvalidOperationException($"The entry point of {assembly.GetName().Name} ended without building an application.");
        try
        {
            var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
            var result = entryPoint.Invoke(obj: null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            failure = inner;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _building.TrySetException(failure);
        _built.TrySetException(failure);
    }

    /// <summary>Unwinds the entry point once its application is handed over.</summary>
    private sealed class EntryPointEndedException : Exception;
}
