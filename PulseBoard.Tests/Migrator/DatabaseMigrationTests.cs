using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PulseBoard.Data;
using PulseBoard.Migrator;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Migrator;

[Collection(ApplicationCollection.Name)]
public sealed class DatabaseMigrationTests(PulseBoardApplication application)
{
    private const string Outbox = "event_batches";
    private const string History = "\"__EFMigrationsHistory\"";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_missing_database_is_created_and_migrated_and_a_second_run_changes_nothing()
    {
        var connectionString = await NewDatabaseAsync();

        await MigrateAsync(connectionString);
        var applied = await AppliedAsync(connectionString);
        await MigrateAsync(connectionString);

        Assert.NotEmpty(applied);
        Assert.Equal(applied, await AppliedAsync(connectionString));
    }

    [Fact]
    public async Task Two_at_once_on_a_missing_database_both_succeed()
    {
        var connectionString = await NewDatabaseAsync();

        await Task.WhenAll(MigrateAsync(connectionString), MigrateAsync(connectionString));

        Assert.NotEmpty(await AppliedAsync(connectionString));
    }

    [Fact]
    public async Task A_migration_that_waits_for_a_reader_lets_writers_through_and_is_applied_when_the_reader_has_ended()
    {
        var connectionString = await NewDatabaseAsync();
        await using (var context = Context(connectionString))
        {
            await context.GetService<IMigrator>().MigrateAsync("InitialSchema");
        }

        Task migrating;
        await using (await LockAsync(connectionString, "ACCESS SHARE"))
        {
            migrating = MigrateAsync(connectionString);
            await Eventually.BecomesAsync("the migration to wait for the reader", () => WaitsAsync(connectionString), waits => waits);
            await using var writer = await LockAsync(connectionString, "ROW EXCLUSIVE");
        }

        await migrating;
        Assert.Contains(await AppliedAsync(connectionString), migration => migration.EndsWith("BatchTraceParent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_statement_has_the_migrators_own_time_limit_and_not_that_of_a_connection()
    {
        var connectionString = await NewDatabaseAsync();
        await using (var context = Context(connectionString))
        {
            await context.GetService<IMigrator>().MigrateAsync("InitialSchema");
        }

        // Entity Framework waits for its history table, and for far longer than the connection would let it.
        Task migrating;
        await using (await LockAsync(connectionString, "ACCESS EXCLUSIVE", History))
        {
            migrating = MigrateAsync(connectionString + ";Command Timeout=1", TimeSpan.FromSeconds(1));
            await Eventually.BecomesAsync("the migration to wait", () => WaitsAsync(connectionString, History), waits => waits);
            await Task.Delay(TimeSpan.FromSeconds(3));
        }

        await migrating;
        Assert.Contains(await AppliedAsync(connectionString), migration => migration.EndsWith("BatchTraceParent", StringComparison.Ordinal));
    }

    private async Task<string> NewDatabaseAsync() =>
        new NpgsqlConnectionStringBuilder(await application.ConnectionStringAsync("pulseboard-db")) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString;

    private static async Task<IEnumerable<string>> AppliedAsync(string connectionString)
    {
        await using var context = Context(connectionString);
        Assert.Empty(await context.EventBatches.Where(batch => batch.EventCount > 0).ToListAsync());
        return await context.Database.GetAppliedMigrationsAsync();
    }

    private static PulseBoardContext Context(string connectionString) =>
        new(new DbContextOptionsBuilder<PulseBoardContext>().UseNpgsql(connectionString).Options);

    /// <summary>Holds a lock on a table until it is disposed of; fails when it has to wait for it too long.</summary>
    private static async Task<NpgsqlConnection> LockAsync(string connectionString, string mode, string table = Outbox)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"LOCK TABLE {table} IN {mode} MODE", connection) { CommandTimeout = 15 };
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<bool> WaitsAsync(string connectionString, string table = Outbox)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT EXISTS (SELECT FROM pg_locks WHERE relation = '{table}'::regclass AND NOT granted)", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The migrator's own service in a host of its own; it ends the host when it is done.</summary>
    private static async Task MigrateAsync(string connectionString, TimeSpan? patience = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PulseBoardContext>(options => options.UseNpgsql(connectionString));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<MigrationOptions>().Configure(options => options.Patience = patience ?? options.Patience);
        builder.Services.AddHostedService<DatabaseMigration>();

        using var host = builder.Build();
        await host.RunAsync().WaitAsync(Limit);
    }
}
