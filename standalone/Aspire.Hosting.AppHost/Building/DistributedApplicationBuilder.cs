using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly BuilderInterception? _interception = BuilderInterception.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var assembly = _interception?.Assembly
            ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        AppHostDirectory = options.ProjectDirectory ?? AppHostLocation.ProjectDirectory(assembly);

        var configuration = new ConfigurationManager();

        // Nothing in the host is worth a file watcher, and machines run out of them.
        configuration.AddInMemoryCollection([new("hostBuilder:reloadConfigOnChange", "false")]);
        if (_interception is not null)
        {
            configuration.AddInMemoryCollection([new(PortAllocator.RandomizeKey, "true")]);
        }

        var settings = new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ApplicationName = assembly?.GetName().Name,
            ContentRootPath = AppHostDirectory,
            EnvironmentName = _interception is null ? null : LaunchProfile.EnvironmentNameOf(AppHostDirectory),
            Configuration = configuration,
        };
        if (_interception is not null)
        {
            // Nobody looks, unless the test says so.
            options.DisableDashboard = true;
            _interception.OnCreating(options, settings);
        }

        _host = new HostApplicationBuilder(settings);

        _host.Configuration.AddCommandLine(options.Args ?? [], PipelineConfiguration.Switches);
        ExecutionContext = new DistributedApplicationExecutionContext(PipelineConfiguration.Operation(_host.Configuration));

        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddOrchestration(AppHostDirectory, IsUnderTest);
        if (ExecutionContext.IsPublishMode)
        {
            Services.AddHostedService<PublishPipeline>();
        }
        else
        {
            Services.AddRun(IsUnderTest, hasDashboard: !options.DisableDashboard);
        }
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    private bool IsUnderTest => _interception is not null;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There is a resource named '{resource.Name}' already.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _interception?.OnBuilding(this);
        var application = new DistributedApplication(_host.Build());
        _interception?.OnBuilt(application);
        return application;
    }
}
