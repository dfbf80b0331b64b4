using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Aspire.RabbitMQ.Client;
using Aspire.StackExchange.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace PulseBoard.Tests.Standalone;

public class ClientTests
{
    private const string NpgsqlSection = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    [Theory]
    [InlineData(1, "general")]
    [InlineData(2, "by connection")]
    [InlineData(3, "by context")]
    [InlineData(4, "connection string")]
    [InlineData(5, "in code")]
    public void Npgsql_settings_of_the_more_specific_place_win(int places, string winner)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new KeyValuePair<string, string?>[]
        {
            new($"{NpgsqlSection}:ConnectionString", "Application Name=general"),
            new($"{NpgsqlSection}:db:ConnectionString", "Application Name=by connection"),
            new($"{NpgsqlSection}:{nameof(EmptyContext)}:ConnectionString", "Application Name=by context"),
            new("ConnectionStrings:db", "Application Name=connection string"),
        }.Take(places));
        builder.AddNpgsqlDbContext<EmptyContext>("db", places < 5 ? null : settings => settings.ConnectionString = "Application Name=in code");

        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<EmptyContext>();

        Assert.Equal($"Application Name={winner}", context.Database.GetConnectionString());
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public void Npgsql_retries_unless_told_otherwise(string disableRetry, bool retries)
    {
        var builder = CreateBuilder(("ConnectionStrings:db", "Host=x"), ($"{NpgsqlSection}:DisableRetry", disableRetry), ($"{NpgsqlSection}:CommandTimeout", "7"));
        builder.AddNpgsqlDbContext<EmptyContext>("db");

        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<EmptyContext>().Database;

        Assert.Equal(retries, database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Equal(7, database.GetCommandTimeout());
    }

    [Fact]
    public void Npgsql_names_the_missing_connection_string_when_a_context_is_asked_for()
    {
        var builder = CreateBuilder();
        builder.AddNpgsqlDbContext<EmptyContext>("db");

        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var error = Assert.Throws<InvalidOperationException>(scope.ServiceProvider.GetRequiredService<EmptyContext>);

        Assert.Contains("'ConnectionStrings:db'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Redis_names_the_missing_connection_string_when_the_connection_is_asked_for()
    {
        var builder = CreateBuilder();
        builder.AddRedisClient("cache");

        using var host = builder.Build();
        var error = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Contains("'ConnectionStrings:cache'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1,connectTimeout=200", false)]
    [InlineData("127.0.0.1:1,connectTimeout=200,abortConnect=true", true)]
    public void Redis_that_is_away_does_not_fail_the_connection_unless_asked_to(string connectionString, bool abort)
    {
        var builder = CreateBuilder(("ConnectionStrings:cache", connectionString));
        ConfigurationOptions? options = null;
        builder.AddRedisClient("cache", configureOptions: seen => options = seen);

        using var host = builder.Build();
        var error = Record.Exception(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Equal(abort, options?.AbortOnConnectFail);
        Assert.Equal(abort, error is RedisConnectionException);
    }

    [Fact]
    public void RabbitMQ_connection_string_wins_over_the_section_and_code_over_both()
    {
        var builder = CreateBuilder(
            ("ConnectionStrings:broker", "amqp://ann:secret@broker.example:5673"),
            ("Aspire:RabbitMQ:Client:ConnectionString", "amqp://section.example"),
            ("Aspire:RabbitMQ:Client:ConnectionFactory:ClientProvidedName", "from the section"));
        builder.AddRabbitMQClient("broker", configureConnectionFactory: factory => factory.VirtualHost = "tests");

        using var host = builder.Build();
        var factory = Assert.IsType<ConnectionFactory>(host.Services.GetRequiredService<IConnectionFactory>());

        Assert.Equal("broker.example", factory.HostName);
        Assert.Equal(5673, factory.Port);
        Assert.Equal("ann", factory.UserName);
        Assert.Equal("tests", factory.VirtualHost);
        Assert.Equal("from the section", factory.ClientProvidedName);
    }

    [Fact]
    public void RabbitMQ_that_is_away_fails_once_the_retries_are_used_up()
    {
        var builder = CreateBuilder(("ConnectionStrings:broker", "amqp://127.0.0.1:1"));
        builder.AddRabbitMQClient("broker", settings => settings.MaxConnectRetryCount = 0);

        using var host = builder.Build();
        var error = Assert.Throws<BrokerUnreachableException>(host.Services.GetRequiredService<IConnection>);

        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public async Task Clients_that_activate_themselves_connect_when_the_host_starts()
    {
        var builder = CreateBuilder(("ConnectionStrings:broker", "amqp://127.0.0.1:1"));
        builder.AddRabbitMQClient("broker", settings =>
        {
            settings.DisableAutoActivation = false;
            settings.MaxConnectRetryCount = 0;
        });

        using var host = builder.Build();

        await Assert.ThrowsAsync<BrokerUnreachableException>(() => host.StartAsync());
    }

    [Fact]
    public void Clients_connect_on_demand_by_default()
    {
        Assert.True(new StackExchangeRedisSettings().DisableAutoActivation);
        Assert.True(new RabbitMQClientSettings().DisableAutoActivation);
        Assert.Equal(5, new RabbitMQClientSettings().MaxConnectRetryCount);
        Assert.Null(new NpgsqlEntityFrameworkCorePostgreSQLSettings().CommandTimeout);
    }

    [Fact]
    public async Task Clients_register_one_health_check_each_which_fails_while_its_server_is_away()
    {
        var builder = CreateBuilder(
            ("ConnectionStrings:db", "Host=127.0.0.1;Port=1"),
            ("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200"),
            ("ConnectionStrings:broker", "amqp://127.0.0.1:1"));
        builder.Services.AddLogging();
        builder.AddNpgsqlDbContext<EmptyContext>("db", settings => settings.DisableRetry = true);
        builder.AddRedisClient("cache");
        builder.AddRedisClient("cache");
        builder.AddRabbitMQClient("broker", settings => settings.MaxConnectRetryCount = 0);

        using var host = builder.Build();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(["EmptyContext", "RabbitMQ.Client", "StackExchange.Redis"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Entries.Values, entry => Assert.Equal(HealthStatus.Unhealthy, entry.Status));
    }

    [Fact]
    public void Clients_leave_their_health_checks_out_when_told_to()
    {
        var builder = CreateBuilder(
            ($"{NpgsqlSection}:DisableHealthChecks", "true"),
            ("Aspire:StackExchange:Redis:cache:DisableHealthChecks", "true"),
            ("Aspire:RabbitMQ:Client:DisableHealthChecks", "true"));
        builder.AddNpgsqlDbContext<EmptyContext>("db");
        builder.AddRedisClient("cache");
        builder.AddRabbitMQClient("broker");

        using var host = builder.Build();

        Assert.Empty(host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
    }

    private static HostApplicationBuilder CreateBuilder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));

        return builder;
    }

    private sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);
}
