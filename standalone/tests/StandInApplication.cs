using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;

namespace PulseBoard.Tests.Standalone;

/// <summary>Applications of small processes, built and run in the test's own process.</summary>
internal static class StandInApplication
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A builder as the entry point of a host under test gets it. The folder stands for the host's project.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string? projectDirectory = null, params string[] args) =>
        CreateBuilder(_ => { }, projectDirectory, args);

    /// <summary>The same, with its dashboard.</summary>
    public static IDistributedApplicationBuilder CreateBuilderWithDashboard() => CreateBuilder(options => options.DisableDashboard = false, projectDirectory: null);

    private static IDistributedApplicationBuilder CreateBuilder(Action<DistributedApplicationOptions> configure, string? projectDirectory, params string[] args)
    {
        BuilderInterception.Current = new BuilderInterception
        {
            Assembly = typeof(StandInApplication).Assembly,
            OnCreating = (options, _) => configure(options),
            OnBuilding = _ => { },
            OnBuilt = _ => { },
        };
        try
        {
            return DistributedApplication.CreateBuilder(new DistributedApplicationOptions
            {
                Args = args,
                ProjectDirectory = projectDirectory ?? Path.GetTempPath(),
            });
        }
        finally
        {
            BuilderInterception.Current = null;
        }
    }

    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "/bin/bash", Path.GetTempPath(), "-c", script);

    public static int ProcessId(this DistributedApplication app, string resourceName)
    {
        var id = app.Services.Instances(resourceName).Single().Id;
        Assert.True(app.ResourceNotifications.TryGetCurrentState(id, out var latest));
        return (int)latest.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value!;
    }

    public static IReadOnlyList<ResourceInstance> Instances(this IServiceProvider services, string resourceName) =>
        ((Orchestrator)services.GetService(typeof(Orchestrator))!).Find(resourceName);
}
