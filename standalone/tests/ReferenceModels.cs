using Aspire.Hosting;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace PulseBoard.Tests.Standalone;

/// <summary>The models that the real publisher was run on; what it wrote lies in <c>reference/</c>.</summary>
internal static class ReferenceModels
{
    public static void AddBasic(this IDistributedApplicationBuilder builder)
    {
        var compose = builder.AddDockerComposeEnvironment("pulseboard")
            .WithDashboard(d => d.WithHostPort(18888))
            .ConfigureComposeFile(f => f.Name = "pulseboard");

        var pgPassword = builder.AddParameter("postgres-password", secret: true);
        var postgres = builder.AddPostgres("postgres", password: pgPassword)
            .WithDataVolume("pulseboard-postgres-data")
            .WithHostPort(5555)
            .WithEnvironment("POSTGRES_DB", "pulseboard")
            .PublishAsDockerComposeService((_, s) => s.Healthcheck = new() { Test = ["CMD-SHELL", "pg_isready -U postgres -d pulseboard"], Interval = "5s", Timeout = "3s", Retries = 20, StartPeriod = "5s" });
        var db = postgres.AddDatabase("pulseboard-db", "pulseboard");
        var redis = builder.AddRedis("redis").WithDataVolume("pulseboard-redis-data");
        var rabbit = builder.AddRabbitMQ("rabbitmq").WithManagementPlugin(15672).WithDataVolume("pulseboard-rabbitmq-data");

        var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity")
            .WithReference(db).WaitFor(db).WithReference(rabbit).WaitFor(rabbit)
            .WithHttpHealthCheck("/health")
            .WithEndpoint(port: 3001, scheme: "http", name: "http", isExternal: true)
            .WithUrlForEndpoint("http", u => u.DisplayText = "Activity API");
        builder.AddProject<Projects.PulseBoard_Analytics>("analytics")
            .WithReference(db).WaitFor(db).WithReference(rabbit).WaitFor(rabbit).WithReference(redis).WaitFor(redis)
            .WithReplicas(2)
            .PublishAsDockerComposeService((_, s) => s.Deploy = new() { Replicas = 2 });
        var dashboard = builder.AddProject<Projects.PulseBoard_Dashboard>("dashboard")
            .WithReference(db).WaitFor(db).WithReference(redis).WaitFor(redis).WithReference(activity)
            .WithHttpHealthCheck("/health")
            .WithEndpoint("http", e => { e.Port = 8000; e.IsExternal = true; });
        builder.AddProject<Projects.PulseBoard_Web>("web")
            .WithReference(dashboard).WaitFor(dashboard).WithReference(activity)
            .WithEndpoint("http", e => { e.Port = 3000; e.IsExternal = true; });

        if (builder.ExecutionContext.IsPublishMode)
        {
            compose.ConfigureComposeFile(f =>
            {
                foreach (var s in f.Services.Values)
                {
                    if (s.DependsOn.TryGetValue("postgres", out var d))
                    {
                        d.Condition = "service_healthy";
                    }
                }
            });
        }
    }

    public static void AddFull(this IDistributedApplicationBuilder builder)
    {
        var compose = builder.AddDockerComposeEnvironment("aspire")
            .WithDashboard(dashboard => dashboard.WithHostPort(18888))
            .ConfigureComposeFile(file => file.Name = "pulseboard");

        var postgres = builder.AddPostgres("postgres")
            .WithDataVolume("pulseboard-postgres")
            .WithHostPort(5555)
            .PublishAsDockerComposeService((_, service) => Probe(service, "pg_isready --username postgres"));
        var database = postgres.AddDatabase("pulseboard-db", "pulseboard");

        var redis = builder.AddRedis("redis")
            .WithDataVolume("pulseboard-redis")
            .PublishAsDockerComposeService((_, service) => Probe(service, "redis-cli -a $$REDIS_PASSWORD ping"));

        var rabbitmq = builder.AddRabbitMQ("rabbitmq")
            .WithManagementPlugin(15672)
            .WithDataVolume("pulseboard-rabbitmq")
            .PublishAsDockerComposeService((_, service) =>
            {
                service.Hostname = "rabbitmq";
                Probe(service, "rabbitmq-diagnostics -q check_port_connectivity");
            });

        var migrator = builder.AddProject<Projects.PulseBoard_Migrator>("migrator")
            .WithReference(database).WaitFor(database)
            .PublishAsDockerComposeService((_, service) => Image(service, "PulseBoard.Migrator", restart: "on-failure"));

        var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity")
            .WithReference(database).WithReference(rabbitmq)
            .WaitFor(rabbitmq).WaitForCompletion(migrator)
            .WithHttpHealthCheck("/health")
            .PublishAsDockerComposeService((_, service) => Image(service, "PulseBoard.Activity"));

        builder.AddProject<Projects.PulseBoard_Analytics>("analytics")
            .WithReference(database).WithReference(rabbitmq).WithReference(redis)
            .WaitFor(rabbitmq).WaitFor(redis).WaitForCompletion(migrator)
            .WithHttpHealthCheck("/health")
            .PublishAsDockerComposeService((_, service) =>
            {
                Image(service, "PulseBoard.Analytics");
                service.Deploy = new() { Replicas = 2 };
            });

        var dashboard = builder.AddProject<Projects.PulseBoard_Dashboard>("dashboard")
            .WithReference(database).WithReference(redis).WithReference(rabbitmq)
            .WaitFor(redis).WaitForCompletion(migrator)
            .WithHttpHealthCheck("/health")
            .PublishAsDockerComposeService((_, service) => Image(service, "PulseBoard.Dashboard"));

        builder.AddProject<Projects.PulseBoard_Web>("web")
            .WithReference(activity).WithReference(dashboard)
            .WaitFor(activity).WaitFor(dashboard)
            .WithHttpHealthCheck("/health")
            .WithEndpoint("http", endpoint => { endpoint.Port = 3000; endpoint.IsExternal = true; })
            .PublishAsDockerComposeService((_, service) => Image(service, "PulseBoard.Web"));

        compose.ConfigureComposeFile(file =>
        {
            foreach (var service in file.Services.Values)
            {
                foreach (var (name, dependency) in service.DependsOn)
                {
                    if (dependency.Condition == "service_started" && file.Services[name].Healthcheck is not null)
                    {
                        dependency.Condition = "service_healthy";
                    }
                }
            }
        });
    }

    private static void Probe(Service service, string command)
    {
        service.Restart = "unless-stopped";
        service.Healthcheck = new() { Test = ["CMD-SHELL", command], Interval = "5s", Timeout = "5s", Retries = 20, StartPeriod = "5s" };
    }

    private static void Image(Service service, string project, string restart = "unless-stopped")
    {
        service.Restart = restart;
        service.ReadOnly = true;
        service.Tmpfs = ["/tmp"];
        service.Build = new() { Context = "..", Dockerfile = "deploy/Dockerfile", Args = new() { ["PROJECT"] = project } };
        service.Logging = new() { Driver = "json-file", Options = new() { ["max-size"] = "10m", ["max-file"] = "3" } };
        if (restart != "on-failure")
        {
            service.Healthcheck = new() { Test = ["CMD", "wget", "-qO-", "http://localhost:8080/alive"], Interval = "10s", Timeout = "5s", Retries = 6, StartPeriod = "20s" };
        }
    }
}
