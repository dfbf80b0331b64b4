// Stands for Aspire.Npgsql.EntityFrameworkCore.PostgreSQL 13.5.2: AddNpgsqlDbContext.

using Aspire;
using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Entity Framework Core contexts over Postgres to a host.</summary>
public static class AspireEFPostgreSqlExtensions
{
    private const string ConfigurationSection = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";
    private const string TelemetryName = "Npgsql";

    /// <summary>
    /// Registers <typeparamref name="TContext"/> from a pool, with retries, a health check named after its type, tracing and
    /// metrics.
    /// </summary>
    /// <typeparam name="TContext">The context. It needs a constructor that takes its options.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="connectionName">The name of the connection string and of the more specific configuration section.</param>
    /// <param name="configureSettings">Changes the settings, after configuration was read.</param>
    /// <param name="configureDbContextOptions">Changes the context's options, after Npgsql was chosen.</param>
    /// <exception cref="InvalidOperationException">
    /// The context is registered already; or, when a context is first asked for, there is no connection string.
    /// </exception>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        if (builder.Environment.IsDevelopment() && builder.Services.Any(service => service.ServiceType == typeof(DbContextOptions<TContext>)))
        {
            throw new InvalidOperationException($"{typeof(TContext).Name} is registered already: {nameof(AddNpgsqlDbContext)} takes the place of AddDbContext.");
        }

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            // Asked for here rather than at registration, so that a missing connection string is told once logging works.
            if (string.IsNullOrWhiteSpace(settings.ConnectionString) && !EF.IsDesignTime)
            {
                throw new InvalidOperationException(
                    $"There is no connection string for {typeof(TContext).Name}: set 'ConnectionStrings:{connectionName}', or 'ConnectionString' in the section '{ConfigurationSection}'.");
            }

            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }

                if (settings.CommandTimeout is { } seconds)
                {
                    npgsql.CommandTimeout(seconds);
                }
            });

            configureDbContextOptions?.Invoke(options);
        });

        if (!settings.DisableHealthChecks)
        {
            builder.AddHealthCheckOnce(typeof(TContext).Name, services => new DbContextHealthCheck<TContext>(services.GetRequiredService<TContext>()));
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(TelemetryName));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(TelemetryName));
        }
    }

    private static NpgsqlEntityFrameworkCorePostgreSQLSettings ReadSettings<TContext>(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = configuration.GetSection(ConfigurationSection);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        section.GetSection(typeof(TContext).Name).Bind(settings);

        if (configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }
}
