using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PulseBoard.Data;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Pipeline;

/// <summary>A database of one test's own, on the application's server.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        _services = new ServiceCollection()
            .AddDbContext<PulseBoardContext>(options => options.UseNpgsql(connectionString))
            .AddSingleton<DatabaseConnections>()
            .BuildServiceProvider();
    }

    public string ConnectionString { get; }

    public DatabaseConnections Connections => _services.GetRequiredService<DatabaseConnections>();

    /// <summary>Names one that is not there yet.</summary>
    public static async Task<TestDatabase> NameAsync(PulseBoardApplication application) =>
        new(new NpgsqlConnectionStringBuilder(await application.ConnectionStringAsync("pulseboard-db")) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString);

    /// <summary>Makes one.</summary>
    public static async Task<TestDatabase> CreateAsync(PulseBoardApplication application)
    {
        var database = await NameAsync(application);
        await database.MigrateAsync();
        return database;
    }

    public async Task MigrateAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PulseBoardContext>().Database.MigrateAsync();
    }

    /// <summary>The rows of a query, as text.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = await Connections.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection.Npgsql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var scope = _services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PulseBoardContext>().Database.EnsureDeletedAsync();
        }

        await _services.DisposeAsync();
    }
}
