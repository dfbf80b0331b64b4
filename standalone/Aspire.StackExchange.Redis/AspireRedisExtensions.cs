// Stands for Aspire.StackExchange.Redis 13.5.2: AddRedisClient, over StackExchange.Redis 1.2.6.
// Commands are not traced, and so there is no DisableTracing: OpenTelemetry.Instrumentation.StackExchangeRedis, which does it
// in the real package, is absent, and StackExchange.Redis has no source of its own.

using Aspire;
using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a Redis client to a host.</summary>
public static class AspireRedisExtensions
{
    private const string ConfigurationSection = "Aspire:StackExchange:Redis";
    private const string HealthCheckName = "StackExchange.Redis";

    /// <summary>
    /// Registers a singleton <see cref="IConnectionMultiplexer"/>, which keeps trying to connect while Redis is away, and its
    /// health check, <c>StackExchange.Redis</c>.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="connectionName">The name of the connection string and of the more specific configuration section.</param>
    /// <param name="configureSettings">Changes the settings, after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options, after the connection string and configuration were read.</param>
    /// <exception cref="InvalidOperationException">When the connection is first asked for: no server is named.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(ConfigurationSection);
        var namedSection = section.GetSection(connectionName);

        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        namedSection.Bind(settings);

        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            // In front, so that a connection string that says otherwise wins.
            var options = ConfigurationOptions.Parse($"abortConnect=false,{settings.ConnectionString}");
            section.GetSection(nameof(ConfigurationOptions)).Bind(options);
            namedSection.GetSection(nameof(ConfigurationOptions)).Bind(options);
            configureOptions?.Invoke(options);

            if (options.EndPoints.Count == 0)
            {
                throw new InvalidOperationException(
                    $"No Redis server is named: set 'ConnectionStrings:{connectionName}', or 'ConnectionString' in the section '{ConfigurationSection}'.");
            }

            return Connect(options);
        });

        if (!settings.DisableAutoActivation)
        {
            builder.Services.AddHostedService<SingletonActivator<IConnectionMultiplexer>>();
        }

        if (!settings.DisableHealthChecks)
        {
            builder.AddHealthCheckOnce(HealthCheckName, services => new RedisHealthCheck(services));
        }
    }

    private static ConnectionMultiplexer Connect(ConfigurationOptions options)
    {
        var connection = ConnectionMultiplexer.Connect(options);

        // StackExchange.Redis 1.2.6 completes calls in order by default, so that one continuation that blocks stalls every
        // caller. Version 2 never does.
        connection.PreserveAsyncOrder = false;

        return connection;
    }
}
