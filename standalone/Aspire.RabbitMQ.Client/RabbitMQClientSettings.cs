namespace Aspire.RabbitMQ.Client;

/// <summary>Settings of a RabbitMQ client, bound from <c>Aspire:RabbitMQ:Client</c>.</summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>The broker's address, <c>amqp://user:password@host:port</c>. <c>ConnectionStrings:{name}</c> wins over the configuration section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often to try again while the broker cannot be reached: after 1 s, 2 s, 4 s and so on. 5 by default; 0 tries once.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    /// <summary>Leaves out the health check <c>RabbitMQ.Client</c>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the tracing of connecting, publishing and consuming.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Connects when the connection is first asked for, rather than when the host starts. On by default.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
