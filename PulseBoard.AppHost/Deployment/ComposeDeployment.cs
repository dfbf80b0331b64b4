using System.Text.RegularExpressions;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace PulseBoard.AppHost.Deployment;

/// <summary>The manifest as a whole: what Aspire's publisher leaves out because no single resource knows it.</summary>
internal static partial class ComposeDeployment
{
    private const string DashboardImage = "mcr.microsoft.com/dotnet/aspire-dashboard:13.5.2";
    private const string DashboardMemory = "320M";
    private const int DashboardPort = 18888;

    // Compose shows it when a variable is empty, before it touches a container.
    private const string HowToFill = "run deploy/generate-env.sh";

    /// <summary>Publishes the application as a Docker Compose manifest; does nothing when the application runs.</summary>
    public static void AddDeployment(this IDistributedApplicationBuilder builder)
    {
        builder.AddDockerComposeEnvironment("aspire")
            .WithDashboard(dashboard => dashboard
                .WithHostPort(DashboardPort)
                .PublishAsDockerComposeService((_, service) => ConfigureDashboard(service)))
            .ConfigureComposeFile(Complete)
            .ConfigureEnvFile(TlsProxy.AddVariables);
    }

    private static void ConfigureDashboard(Service service)
    {
        service.Image = DashboardImage;
        service.LimitMemory(DashboardMemory);
        service.RotateLogs();

        // It keeps what it is told in memory: as much as its limit has room for, the newest.
        service.Environment["Dashboard__TelemetryLimits__MaxTraceCount"] = "1000";
        service.Environment["Dashboard__TelemetryLimits__MaxLogCount"] = "2000";
        service.Environment["Dashboard__TelemetryLimits__MaxMetricsCount"] = "5000";

        // It shows everything that the services tell about themselves: reached through an SSH tunnel only.
        service.Ports = [$"127.0.0.1:{DashboardPort}:{DashboardPort}"];
    }

    private static void Complete(ComposeFile file)
    {
        TlsProxy.AddTo(file);

        foreach (var service in file.Services.Values)
        {
            WaitForHealth(service, file);
            RequireVariables(service);
            DeclareVolumes(service, file);
        }
    }

    // The publisher knows of no health checks, so it waits for the start of a service that has one by now.
    private static void WaitForHealth(Service service, ComposeFile file)
    {
        foreach (var (name, dependency) in service.DependsOn)
        {
            if (dependency.Condition == "service_started" && file.Services[name].Healthcheck is not null)
            {
                dependency.Condition = "service_healthy";
            }
        }
    }

    // An empty secret, image or port must not start anything.
    private static void RequireVariables(Service service)
    {
        service.Image = Require(service.Image);

        foreach (var (name, value) in service.Environment)
        {
            service.Environment[name] = Require(value)!;
        }
    }

    private static string? Require(string? value)
    {
        return value is null ? null : Variable().Replace(value, $"${{$1:?{HowToFill}}}");
    }

    private static void DeclareVolumes(Service service, ComposeFile file)
    {
        foreach (var volume in service.Volumes.Where(volume => !file.Volumes.ContainsKey(volume.Name)))
        {
            file.AddVolume(new Volume { Name = volume.Name, Driver = "local" });
        }
    }

    // A value that is nothing but one variable: "${POSTGRES_PASSWORD}".
    [GeneratedRegex(@"^\$\{(\w+)\}$")]
    private static partial Regex Variable();
}
