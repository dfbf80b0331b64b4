using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using PulseBoard.Data;

namespace PulseBoard.Migrator;

/// <summary>Waits for Postgres, creates the database where it is missing, applies what is new, and ends the process.</summary>
internal sealed partial class DatabaseMigration(
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    IOptions<MigrationOptions> options,
    TimeProvider time,
    ILogger<DatabaseMigration> logger) : BackgroundService
{
    private static readonly ActivitySource Source = new("PulseBoard.Migrator");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var activity = Source.StartActivity("migrate");

        // Until it has succeeded it has failed, also when it is stopped meanwhile: the services wait for a 0.
        Environment.ExitCode = 1;
        try
        {
            await MigrateWithPatienceAsync(stoppingToken);
            Environment.ExitCode = 0;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            LogFailed(exception);
        }

        lifetime.StopApplication();
    }

    private async Task MigrateWithPatienceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var migrating = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var context = scope.ServiceProvider.GetRequiredService<PulseBoardContext>();

                // Fails while Postgres is away, and not where the database is still to be created.
                await context.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken);
                var began = time.GetTimestamp();
                try
                {
                    // Entity Framework locks its history table meanwhile, so that two migrators take turns.
                    context.Database.SetCommandTimeout(options.Value.StatementTimeout);
                    await context.Database.MigrateAsync(cancellationToken);
                }
                catch (Exception exception) when (!DatabaseErrors.IsTimeout(exception.GetBaseException()))
                {
                    // However long it ran until Postgres went away or a lock was not to be had, that was no waiting. Unlike a
                    // statement that takes too long, since it does so again.
                    migrating += time.GetElapsedTime(began);
                    throw;
                }

                LogMigrated((await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Last());
                return;
            }
            catch (Exception exception) when (MayPass(exception) && time.GetElapsedTime(started) - migrating < options.Value.Patience)
            {
                LogWaiting(exception.GetBaseException().Message);
                await Task.Delay(options.Value.Pause, time, cancellationToken);
            }
        }
    }

    // Postgres is still starting, or another migrator created the database, or its history table, a moment before this one, or
    // somebody reads a table for long that a migration has to alter. Entity Framework wraps the last, which it takes for transient.
    private static bool MayPass(Exception exception) =>
        DatabaseErrors.IsOutage(exception)
        || exception is PostgresException { SqlState: PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.DuplicateTable }
        || exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, SchemaName: "pg_catalog" }
        || exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    [LoggerMessage(LogLevel.Information, "The database is at {Migration}")]
    private partial void LogMigrated(string migration);

    [LoggerMessage(LogLevel.Information, "Waiting for Postgres: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "The database could not be migrated")]
    private partial void LogFailed(Exception exception);
}
