using System.Net.Sockets;
using System.Text;
using Npgsql;
using PulseBoard.Bench.Scenarios;
using RabbitMQ.Client;

namespace PulseBoard.Bench.Reporting;

/// <summary>The versions of the servers behind PulseBoard, asked of themselves, where their addresses are known.</summary>
internal static class ServerVersions
{
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(MeasuredSystem system, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>();
        if (system.Database is { } database)
        {
            versions["Postgres"] = await PostgresAsync(database, cancellationToken);
        }

        if (system.IsOwn)
        {
            versions["RabbitMQ"] = await RabbitMqAsync(await system.Own.ConnectionStringAsync("rabbitmq", cancellationToken), cancellationToken);
            versions["Redis"] = await RedisAsync(await system.Own.ConnectionStringAsync("redis", cancellationToken), cancellationToken);
        }

        return versions;
    }

    private static async Task<string> PostgresAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);

        // 15.14 (Debian 15.14-0+deb12u1)
        return connection.ServerVersion.Split(' ')[0];
    }

    private static async Task<string> RabbitMqAsync(string address, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = new(address) }.CreateConnectionAsync(cancellationToken);
        return connection.ServerProperties?["version"] is byte[] version ? Encoding.UTF8.GetString(version) : "unknown";
    }

    // host:port,password=…
    private static async Task<string> RedisAsync(string connectionString, CancellationToken cancellationToken)
    {
        const string Password = "password=";
        const string Version = "redis_version:";

        var parts = connectionString.Split(',');
        var address = new Uri($"redis://{parts[0]}");
        var password = Array.Find(parts, part => part.StartsWith(Password, StringComparison.Ordinal))?[Password.Length..];

        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{(password is null ? "" : $"AUTH {password}\r\n")}INFO server\r\n"), cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } line && !line.StartsWith('-'))
        {
            if (line.StartsWith(Version, StringComparison.Ordinal))
            {
                return line[Version.Length..];
            }
        }

        return "unknown";
    }
}
