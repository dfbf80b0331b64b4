using Microsoft.Extensions.Configuration;

namespace PulseBoard.ServiceDefaults;

/// <summary>Connection strings, as the AppHost injects them.</summary>
public static class ConnectionStrings
{
    /// <summary>A connection string that the service cannot do without.</summary>
    /// <param name="configuration">The service's configuration.</param>
    /// <param name="name">The resource's name in the AppHost, such as <c>rabbitmq</c>.</param>
    /// <exception cref="InvalidOperationException">It is not configured.</exception>
    public static string GetRequiredConnectionString(this IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { Length: > 0 } connectionString
            ? connectionString
            : throw new InvalidOperationException(
                $"The connection string '{name}' is missing. Start the service through the AppHost, or set ConnectionStrings__{name}.");
}
