namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// Every write fails as it does where the disk is full (SQLSTATE 53100). Triggers raise the error: it has the same code and comes
/// at the same statements, though from no disk.
/// </summary>
internal sealed class FullDisk(TimeSpan duration) : UnwritableDatabase("postgres-disk-full", duration)
{
    private static readonly string[] Tables = ["events", "event_batches", "daily_user_metrics"];

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync(
            """
            CREATE FUNCTION faults_disk_full() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''could not extend file: No space left on device'' USING ERRCODE = ''53100''; END'
            """,
            cancellationToken);
        foreach (var table in Tables)
        {
            await scene.Database.ExecuteAsync(
                $"CREATE TRIGGER faults_disk_full BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION faults_disk_full()", cancellationToken);
        }
    }

    public override Task HealAsync(FaultScene scene, CancellationToken cancellationToken) =>
        scene.Database.ExecuteAsync("DROP FUNCTION IF EXISTS faults_disk_full() CASCADE", cancellationToken);
}
