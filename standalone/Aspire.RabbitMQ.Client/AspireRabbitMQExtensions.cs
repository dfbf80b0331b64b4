// Stands for Aspire.RabbitMQ.Client 13.5.2: AddRabbitMQClient, over RabbitMQ.Client 7.1.2.

using Aspire;
using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using RabbitMQ.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a RabbitMQ client to a host.</summary>
public static class AspireRabbitMQExtensions
{
    private const string ConfigurationSection = "Aspire:RabbitMQ:Client";
    private const string HealthCheckName = "RabbitMQ.Client";

    /// <summary>
    /// Registers a singleton <see cref="IConnection"/> and its <see cref="IConnectionFactory"/>, with retries while connecting,
    /// the health check <c>RabbitMQ.Client</c>, and tracing.
    /// </summary>
    /// <remarks>
    /// Without a connection string the factory's own defaults apply, as in the real package: the guest of a broker on this
    /// machine. Resolving the connection blocks until the broker answers or the retries are used up.
    /// </remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="connectionName">The name of the connection string and of the more specific configuration section.</param>
    /// <param name="configureSettings">Changes the settings, after configuration was read.</param>
    /// <param name="configureConnectionFactory">Changes the factory, after the connection string and configuration were read.</param>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(ConfigurationSection);
        var namedSection = section.GetSection(connectionName);

        var settings = new RabbitMQClientSettings();
        section.Bind(settings);
        namedSection.Bind(settings);

        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionFactory>(_ =>
        {
            var factory = new ConnectionFactory();
            section.GetSection(nameof(ConnectionFactory)).Bind(factory);
            namedSection.GetSection(nameof(ConnectionFactory)).Bind(factory);

            if (!string.IsNullOrEmpty(settings.ConnectionString))
            {
                factory.Uri = new Uri(settings.ConnectionString);
            }

            configureConnectionFactory?.Invoke(factory);

            return factory;
        });

        builder.Services.AddSingleton(services =>
            RabbitMQConnector.Connect(services.GetRequiredService<IConnectionFactory>(), settings.MaxConnectRetryCount));

        if (!settings.DisableAutoActivation)
        {
            builder.Services.AddHostedService<SingletonActivator<IConnection>>();
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource(RabbitMQConnector.ActivitySourceName).AddSource("RabbitMQ.Client.*"));
        }

        if (!settings.DisableHealthChecks)
        {
            builder.AddHealthCheckOnce(HealthCheckName, services => new RabbitMQHealthCheck(services));
        }
    }
}
