using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace PulseBoard.Tests.Standalone;

public sealed class ServersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Servers_become_healthy_and_the_database_is_there()
    {
        using var limit = new CancellationTokenSource(Limit);
        var builder = DistributedApplication.CreateBuilder();
        var database = builder.AddPostgres("postgres").AddDatabase("database", "a \"b\"");
        builder.AddRedis("redis");
        builder.AddRabbitMQ("rabbitmq").WithManagementPlugin();
        await using var application = builder.Build();

        await application.StartAsync(limit.Token);
        foreach (var name in (string[])["redis", "database", "rabbitmq"])
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(name, limit.Token);
        }

        var connectionString = await ((IResourceWithConnectionString)database.Resource).GetConnectionStringAsync(limit.Token);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(limit.Token);
        Assert.Equal("a \"b\"", connection.Database);
        await application.StopAsync(limit.Token);
    }
}
