namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>Every session is read-only, as after a failover to a standby (SQLSTATE 25006).</summary>
internal sealed class ReadOnlyDatabase(TimeSpan duration) : UnwritableDatabase("postgres-read-only", duration)
{
    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync("ALTER DATABASE pulseboard SET default_transaction_read_only = on", cancellationToken);

        // A session takes the setting when it begins.
        await scene.Database.TerminateSessionsAsync(cancellationToken);
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync("ALTER DATABASE pulseboard RESET default_transaction_read_only", cancellationToken);
        await scene.Database.TerminateSessionsAsync(cancellationToken);
    }
}
