using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace PulseBoard.Tests.Standalone;

public sealed class PublishingServiceTests : IDisposable
{
    private readonly PublishedModel _published = new();

    [Fact]
    public async Task Server_has_the_image_that_the_model_pins()
    {
        await PublishAsync(builder =>
        {
            builder.AddPostgres("postgres").WithImageTag("17.5");
            builder.AddRedis("redis").WithImage("cache.example:5000/redis", "8.0").WithImageRegistry(null);
            builder.AddRabbitMQ("rabbitmq").WithImageTag("4.1.2-alpine").WithManagementPlugin();
        });

        Assert.Contains("image: \"docker.io/library/postgres:17.5\"", _published.Service("postgres"), StringComparison.Ordinal);
        Assert.Contains("image: \"cache.example:5000/redis:8.0\"", _published.Service("redis"), StringComparison.Ordinal);
        Assert.Contains("image: \"docker.io/library/rabbitmq:4.1.2-management-alpine\"", _published.Service("rabbitmq"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_can_be_pinned_by_its_digest()
    {
        await PublishAsync(builder => builder.AddRedis("redis").WithImage("library/redis@sha256:0123"));

        Assert.Contains("image: \"docker.io/library/redis@sha256:0123\"", _published.Service("redis"), StringComparison.Ordinal);
    }

    [Fact]
    public void Management_plugin_of_an_image_without_a_known_tag_is_refused()
    {
        var server = StandInApplication.CreateBuilder().AddRabbitMQ("rabbitmq").WithImageTag("latest");

        Assert.Throws<DistributedApplicationException>(() => server.WithManagementPlugin(port: 15672));
    }

    [Fact]
    public async Task Server_is_open_to_the_outside_only_where_its_endpoint_is_external()
    {
        await PublishAsync(builder =>
        {
            builder.AddPostgres("open").WithHostPort(5555).WithEndpoint("tcp", endpoint => endpoint.IsExternal = true);
            builder.AddPostgres("closed").WithHostPort(5556);
        });

        Assert.Contains("ports:\n      - \"5555:5432\"\n", _published.Service("open"), StringComparison.Ordinal);
        Assert.DoesNotContain("expose:", _published.Service("open"), StringComparison.Ordinal);
        Assert.Contains("expose:\n      - \"5432\"\n", _published.Service("closed"), StringComparison.Ordinal);
        Assert.DoesNotContain("ports:", _published.Service("closed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_http_endpoints_leave_a_port_of_the_engines_choice_open()
    {
        await PublishAsync(builder => builder.AddProject<Projects.PulseBoard_Web>("web")
            .WithExternalHttpEndpoints()
            .WithEndpoint("http", endpoint => endpoint.Port = 3000));

        Assert.Contains("ports:\n      - \"3000:${WEB_PORT}\"\n      - \"${WEB_PORT}\"\n", _published.Service("web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_tells_further_endpoints_their_ports()
    {
        await PublishAsync(builder => builder.AddProject<Projects.PulseBoard_Web>("web")
            .WithHttpEndpoint(targetPort: 9090, name: "metrics")
            .WithHttpEndpoint(name: "more")
            .WithEndpoint(targetPort: 7000, name: "own", env: "OWN_PORT"));

        var web = _published.Service("web");
        Assert.Contains("HTTP_PORTS: \"${WEB_PORT};9090;8000\"", web, StringComparison.Ordinal);
        Assert.Contains("OWN_PORT: \"7000\"", web, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_takes_expressions_parameters_and_endpoints()
    {
        await PublishAsync(builder =>
        {
            var key = builder.AddParameter("ingestion-key", secret: true);
            var activity = builder.AddProject<Projects.PulseBoard_Activity>("activity").WithEnvironment("KEY", key);
            builder.AddProject<Projects.PulseBoard_Web>("web")
                .WithEnvironment("HEADER", $"Bearer {key}")
                .WithEnvironment("ADDRESS", activity.GetEndpoint("http"))
                .WithEnvironment("NOTHING", "")
                .WithEnvironment("NUMBER", "1");
        });

        Assert.Contains("KEY: \"${INGESTION_KEY}\"", _published.Service("activity"), StringComparison.Ordinal);
        var web = _published.Service("web");
        Assert.Contains("HEADER: \"Bearer ${INGESTION_KEY}\"", web, StringComparison.Ordinal);
        Assert.Contains("ADDRESS: \"http://activity:${ACTIVITY_PORT}\"", web, StringComparison.Ordinal);
        Assert.Contains("NOTHING: \"\"", web, StringComparison.Ordinal);
        Assert.Contains("NUMBER: \"1\"", web, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_can_stand_anywhere_in_a_service()
    {
        await PublishAsync(builder =>
        {
            var user = builder.AddParameter("run-as");
            builder.AddRedis("redis").PublishAsDockerComposeService((service, node) => node.User = user.AsEnvironmentPlaceholder(service));
        });

        Assert.Contains("user: \"${RUN_AS}\"", _published.Service("redis"), StringComparison.Ordinal);
        Assert.Contains("# Parameter run-as\nRUN_AS=\n", await File.ReadAllTextAsync(_published.EnvPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_of_what_is_not_published_is_named()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishAsync(builder =>
        {
            var shell = builder.AddShell("shell", "true").WithHttpEndpoint();
            builder.AddProject<Projects.PulseBoard_Web>("web").WithEnvironment("ADDRESS", shell.GetEndpoint("http"));
        }));

        Assert.Contains("'shell'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_send_telemetry_nowhere_without_a_dashboard()
    {
        await _published.PublishAsync(builder =>
        {
            builder.AddDockerComposeEnvironment("aspire").WithDashboard(enabled: false);
            builder.AddProject<Projects.PulseBoard_Web>("web");
        });

        Assert.DoesNotContain("OTEL_EXPORTER", _published.Service("web"), StringComparison.Ordinal);
        Assert.Empty(_published.Service("aspire-dashboard"));
    }

    [Fact]
    public async Task Dashboard_is_closed_and_pinned_as_the_model_says()
    {
        await _published.PublishAsync(builder => builder.AddDockerComposeEnvironment("aspire").WithDashboard(dashboard => dashboard
            .WithImageTag("13.5.2")
            .WithHostPort(null)
            .PublishAsDockerComposeService((_, service) => service.Restart = "unless-stopped")));

        var dashboard = _published.Service("aspire-dashboard");
        Assert.Contains("aspire-dashboard:13.5.2\"", dashboard, StringComparison.Ordinal);
        Assert.DoesNotContain("ports:", dashboard, StringComparison.Ordinal);
        Assert.Contains("restart: \"unless-stopped\"", dashboard, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_written_in_the_order_of_the_real_classes()
    {
        var service = new Service
        {
            Name = "all",
            Tmpfs = ["/tmp"],
            StopSignal = "SIGINT",
            StopGracePeriod = "30s",
            SecurityOpt = ["no-new-privileges:true"],
            ReadOnly = true,
            Profiles = ["tls"],
            Init = true,
            CapDrop = ["ALL"],
            CapAdd = ["CHOWN"],
            Hostname = "host",
            Labels = new() { ["a"] = "b" },
            Logging = new() { Options = new() { ["max-size"] = "10m" }, Driver = "json-file" },
            Healthcheck = new() { StartPeriod = "3s", Retries = 3, Timeout = "2s", Interval = "1s", Test = ["CMD", "true"] },
            Deploy = new() { Resources = new() { Reservations = new() { Memory = "8M" }, Limits = new() { Memory = "256M", Cpus = "0.50" } }, Replicas = 2 },
            Restart = "always",
            Networks = ["net"],
            User = "1000",
            DependsOn = new() { ["other"] = new() { Condition = "service_healthy" } },
            Volumes = [new() { Name = "keys", ReadOnly = false, Source = "keys", Target = "/keys", Type = "volume" }],
            Expose = ["80"],
            Ports = ["127.0.0.1:80:80"],
            EnvFile = ["more.env"],
            Environment = new() { ["E"] = "1" },
            Entrypoint = ["/bin/sh"],
            Command = ["-c"],
            Build = new() { Labels = new() { ["l"] = "m" }, CacheFrom = ["image"], Target = "final", Args = new() { ["A"] = "1" }, Dockerfile = "Dockerfile", Context = ".." },
            PullPolicy = "never",
            Image = "image:1",
        };
        var file = new ComposeFile()
            .AddVolume(new() { Name = "keys", Labels = new() { ["v"] = "w" }, External = true, DriverOpts = new() { ["o"] = "p" }, Driver = "local" })
            .AddNetwork(new() { Name = "net", Internal = true, Labels = new() { ["n"] = "o" }, External = false, Driver = "bridge" })
            .AddService(service);

        var keys = file.ToYaml().Split('\n').Select(line => line.Trim().Split(':')[0].TrimStart('-', ' ')).Where(key => key.Length > 0 && key[0] != '"');

        Assert.Equal(
            [
                "services", "all", "image", "pull_policy", "build", "context", "dockerfile", "args", "A", "target", "cache_from", "labels", "l",
                "command", "entrypoint", "environment", "E", "env_file", "ports", "expose", "volumes", "type", "target", "source", "read_only",
                "depends_on", "other", "condition", "user", "networks", "restart", "deploy", "replicas", "resources", "limits", "cpus", "memory",
                "reservations", "memory", "healthcheck", "test", "interval", "timeout", "retries", "start_period", "logging", "driver", "options",
                "max-size", "labels", "a", "hostname", "cap_add", "cap_drop", "init", "profiles", "read_only", "security_opt", "stop_grace_period",
                "stop_signal", "tmpfs", "networks", "net", "driver", "external", "labels", "n", "internal", "volumes", "keys", "driver",
                "driver_opts", "o", "external", "labels", "v",
            ],
            keys);
    }

    public void Dispose() => _published.Dispose();

    private Task PublishAsync(Action<IDistributedApplicationBuilder> model) => _published.PublishAsync(builder =>
    {
        builder.AddDockerComposeEnvironment("aspire");
        model(builder);
    });
}
