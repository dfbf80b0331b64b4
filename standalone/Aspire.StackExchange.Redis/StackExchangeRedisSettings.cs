namespace Aspire.StackExchange.Redis;

/// <summary>Settings of a Redis client, bound from <c>Aspire:StackExchange:Redis</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>StackExchange.Redis' connection string. <c>ConnectionStrings:{name}</c> wins over the configuration section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check <c>StackExchange.Redis</c>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Connects when the connection is first asked for, rather than when the host starts. On by default.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
