using Microsoft.EntityFrameworkCore;
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

    private async Task<string> NewDatabaseAsync() =>
        new NpgsqlConnectionStringBuilder(await application.ConnectionStringAsync("pulseboard-db")) { Database = $"test_{Guid.NewGuid():N}" }.ConnectionString;

    private static async Task<IEnumerable<string>> AppliedAsync(string connectionString)
    {
        await using var context = new PulseBoardContext(new DbContextOptionsBuilder<PulseBoardContext>().UseNpgsql(connectionString).Options);
        Assert.Empty(await context.EventBatches.Where(batch => batch.EventCount > 0).ToListAsync());
        return await context.Database.GetAppliedMigrationsAsync();
    }

    /// <summary>The migrator's own service in a host of its own; it ends the host when it is done.</summary>
    private static async Task MigrateAsync(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PulseBoardContext>(options => options.UseNpgsql(connectionString));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<MigrationOptions>();
        builder.Services.AddHostedService<DatabaseMigration>();

        using var host = builder.Build();
        await host.RunAsync().WaitAsync(Limit);
    }
}
