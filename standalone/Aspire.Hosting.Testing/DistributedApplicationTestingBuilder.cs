// Stands for Aspire.Hosting.Testing 13.5.2.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The builder of a host under test, with the model as its entry point has left it.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Makes the application from the model.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>The application, which has not started.</returns>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Runs the entry point of a host up to the point where it builds its application.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Models the application of a host, with ports chosen at start.</summary>
    /// <typeparam name="TEntryPoint">A type in the host's assembly.</typeparam>
    /// <param name="cancellationToken">Ends the wait for the entry point.</param>
    /// <returns>The builder, whose model a test may change.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Models the application of a host, with ports chosen at start.</summary>
    /// <typeparam name="TEntryPoint">A type in the host's assembly.</typeparam>
    /// <param name="args">The command line that the entry point gets.</param>
    /// <param name="cancellationToken">Ends the wait for the entry point.</param>
    /// <returns>The builder, whose model a test may change.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <summary>Models the application of a host, with ports chosen at start.</summary>
    /// <typeparam name="TEntryPoint">A type in the host's assembly.</typeparam>
    /// <param name="args">The command line that the entry point gets.</param>
    /// <param name="configureBuilder">Changes how the host is set up; without its dashboard, unless it says otherwise.</param>
    /// <param name="cancellationToken">Ends the wait for the entry point.</param>
    /// <returns>The builder, whose model a test may change.</returns>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var entryPoint = new SuspendedEntryPoint(typeof(TEntryPoint).Assembly, args, configureBuilder);
        var builder = await entryPoint.RunToBuildAsync(cancellationToken).ConfigureAwait(false);
        return new TestingBuilder(builder, entryPoint);
    }

    private sealed class TestingBuilder(IDistributedApplicationBuilder builder, SuspendedEntryPoint entryPoint) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => builder.Configuration;

        public string AppHostDirectory => builder.AppHostDirectory;

        public IHostEnvironment Environment => builder.Environment;

        public IServiceCollection Services => builder.Services;

        public IDistributedApplicationEventing Eventing => builder.Eventing;

        public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

        public IResourceCollection Resources => builder.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource => builder.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
            where T : IResource => builder.CreateResourceBuilder(resource);

        public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => entryPoint.BuildAsync(cancellationToken);

        public void Dispose() => entryPoint.Abandon();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
