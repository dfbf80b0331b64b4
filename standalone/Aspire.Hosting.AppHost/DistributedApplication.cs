// Stands for Aspire.Hosting 13.5.2 (which Aspire.Hosting.AppHost 13.5.2 brings): the model, its orchestration in run mode, with
// native processes in the place of containers, and its publishing.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application of several processes, started, watched and stopped together.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private bool _disposed;

    /// <summary>Wraps the host that runs the application.</summary>
    /// <param name="host">A host with the services of a distributed application.</param>
    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
        ResourceNotifications = host.Services.GetRequiredService<ResourceNotificationService>();
        ResourceCommands = host.Services.GetRequiredService<ResourceCommandService>();
    }

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Tells how the resources do.</summary>
    public ResourceNotificationService ResourceNotifications { get; }

    /// <summary>Starts and stops single resources.</summary>
    public ResourceCommandService ResourceCommands { get; }

    /// <summary>Models an application without a command line.</summary>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Models an application.</summary>
    /// <param name="args">The command line; it is part of the configuration.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Models an application.</summary>
    /// <param name="options">How its host is set up.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Starts the application and returns; its resources go on starting.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>A task that ends when every resource that need not wait is being started.</returns>
    /// <exception cref="DistributedApplicationException">A program is missing, or another host uses the same data.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    /// <summary>Stops every resource, those that depend on others first.</summary>
    /// <param name="cancellationToken">Ends the patience with processes that do not stop by themselves.</param>
    /// <returns>A task that ends when no process is left.</returns>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs the application until it is told to stop.</summary>
    /// <param name="cancellationToken">Tells it to stop.</param>
    /// <returns>A task that ends when no process is left.</returns>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        // Before the run, which disposes of the services.
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await _host.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DistributedApplicationException exception)
        {
            // Written for people who run it, not for those who debug it: the message says what to do.
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            Environment.ExitCode = ExitCodes.StartFailed;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // It was told to stop before it had started, as by an early Ctrl-C.
        }
        finally
        {
            // A run ends by stopping and disposing of the host.
            _disposed = true;
        }
    }

    /// <summary>Runs the application until it is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc />
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops what still runs and removes what was temporary.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;

            // Before the services go: what still runs needs them until it has stopped.
            await _host.Services.GetRequiredService<Orchestrator>().StopAsync(CancellationToken.None).ConfigureAwait(false);
            await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }
}
