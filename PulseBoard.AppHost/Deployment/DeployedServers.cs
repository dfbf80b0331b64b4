using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace PulseBoard.AppHost.Deployment;

/// <summary>How the servers run where the application is deployed. None of it matters when the application runs locally.</summary>
internal static class DeployedServers
{
    // Longer than any of the three takes to write its data and end.
    private const string StopGracePeriod = "60s";

    /// <summary>Deploys Postgres.</summary>
    /// <param name="postgres">The server.</param>
    /// <param name="memory">The container's limit, as Compose writes it: <c>640M</c>.</param>
    public static IResourceBuilder<PostgresServerResource> Deploy(this IResourceBuilder<PostgresServerResource> postgres, string memory)
    {
        return postgres.PublishAsDockerComposeService((_, service) =>
        {
            // Over TCP: while the image makes a new database, its server listens on the socket alone.
            Configure(service, memory, "pg_isready --host 127.0.0.1 --username postgres");
        });
    }

    /// <summary>Deploys Redis.</summary>
    /// <param name="redis">The server.</param>
    /// <param name="memory">The container's limit.</param>
    /// <param name="maxMemory">What its data may take; beyond it, the answers that were asked for least go.</param>
    public static IResourceBuilder<RedisResource> Deploy(this IResourceBuilder<RedisResource> redis, string memory, string maxMemory)
    {
        return redis.PublishAsDockerComposeService((_, service) =>
        {
            Configure(service, memory, "REDISCLI_AUTH=$$REDIS_PASSWORD redis-cli ping | grep -q PONG");

            // Aspire starts it through a shell. That shell would swallow SIGTERM, and run as root. The metrics' version has no
            // expiry, so that it is never evicted.
            service.Command[^1] = $"exec {service.Command[^1]} --maxmemory {maxMemory} --maxmemory-policy volatile-lru";
            service.User = "redis";
        });
    }

    /// <summary>Deploys RabbitMQ.</summary>
    /// <param name="rabbitmq">The server.</param>
    /// <param name="memory">The container's limit.</param>
    /// <param name="availableBytes">What it may believe to have: it does not see the limit, and would stop publishers too late.</param>
    /// <param name="logBytes">The size of the write-ahead log of its quorum queues, which it also holds in memory.</param>
    public static IResourceBuilder<RabbitMQServerResource> Deploy(
        this IResourceBuilder<RabbitMQServerResource> rabbitmq, string memory, long availableBytes, long logBytes)
    {
        return rabbitmq.PublishAsDockerComposeService((_, service) =>
        {
            // The probe starts a virtual machine of its own: not as often as the others.
            Configure(service, memory, "rabbitmq-diagnostics -q check_port_connectivity", interval: "15s");

            // It keeps its data under its host name.
            service.Hostname = service.Name;

            // A probe as root that comes before the server would make the cookie that both share, and the server could not read it.
            service.User = "rabbitmq";

            service.Environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                $"-rabbit total_memory_available_override_value {availableBytes} -ra wal_max_size_bytes {logBytes}";
        });
    }

    private static void Configure(Service service, string memory, string probe, string interval = "5s")
    {
        service.Restart = ServiceExtensions.RestartUnlessStopped;
        service.StopGracePeriod = StopGracePeriod;
        service.LimitMemory(memory);
        service.RotateLogs();
        service.Healthcheck = new Healthcheck
        {
            Test = ["CMD-SHELL", probe],
            Interval = interval,
            Timeout = "10s",
            Retries = 20,
            StartPeriod = "30s",
        };
    }
}
