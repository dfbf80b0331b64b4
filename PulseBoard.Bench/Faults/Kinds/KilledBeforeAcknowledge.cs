using System.Globalization;
using Npgsql;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// SIGKILL of Analytics between commit and acknowledge. A deferred trigger holds its commit inside Postgres; it is suspended
/// there, the commit is let go, and it is killed before it can hear of it. The broker delivers again what is counted already.
/// </summary>
internal sealed class KilledBeforeAcknowledge() : Fault("analytics-killed-before-acknowledge")
{
    private const long LockKey = 20261122;
    private const int Batches = 30;

    private static readonly string HoldCommits = string.Create(CultureInfo.InvariantCulture, $"""
        CREATE FUNCTION faults_hold_commit() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock_shared({LockKey}); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER faults_hold_commit AFTER DELETE ON event_batches
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION faults_hold_commit();
        """);

    private const string LetCommits = """
        DROP TRIGGER IF EXISTS faults_hold_commit ON event_batches;
        DROP FUNCTION IF EXISTS faults_hold_commit();
        """;

    private const string Committing =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'analytics' AND state = 'active' AND wait_event_type = 'Lock' AND wait_event = 'advisory'";

    private NpgsqlConnection? _holder;

    public override IReadOnlyList<string> Ends => ["analytics"];

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        // Held, so that batches gather and are counted together.
        await scene.System.SuspendAsync("analytics", cancellationToken);
        await Waiting.UntilAsync("batches to wait", async () => await scene.Database.PendingAsync(cancellationToken) >= Batches, cancellationToken);
        _holder = await scene.Database.OpenAsync(cancellationToken);
        await using (var hold = _holder.CreateCommand())
        {
            hold.CommandText = "SELECT pg_advisory_lock($1)";
            hold.Parameters.Add(new() { Value = LockKey });
            await hold.ExecuteNonQueryAsync(cancellationToken);
        }

        await scene.Database.ExecuteAsync(HoldCommits, cancellationToken);
        await scene.System.ResumeAsync("analytics", cancellationToken);
        await Waiting.UntilAsync("the worker's commit to be held", async () => await CommittingAsync() > 0, cancellationToken);
        await scene.System.SuspendAsync("analytics", cancellationToken);
        var before = await OutstandingAsync();
        await ReleaseAsync();

        // Seen by others: a commit that no longer waits for the lock is not done yet.
        var counted = 0;
        await Waiting.UntilAsync("the commit to be done", async () => (counted = before.Except(await OutstandingAsync()).Count()) > 0, cancellationToken);
        await scene.System.KillAsync("analytics", cancellationToken);
        await Waiting.UntilAsync(
            "the broker to have their messages again", async () => await scene.Broker.WaitingAsync(cancellationToken) >= counted, cancellationToken);
        scene.Saw($"{counted} batches were committed and not acknowledged");
        scene.Expect(counted > 0, "no batch was caught between its commit and its acknowledgement");

        Task<long> CommittingAsync() => scene.Database.QueryAsync<long>(Committing, cancellationToken);

        Task<List<Guid>> OutstandingAsync() => scene.Database.ListAsync<Guid>("SELECT batch_id FROM event_batches", cancellationToken);
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await ReleaseAsync();
        await scene.Database.ExecuteAsync(LetCommits, cancellationToken);
        if (!scene.System.IsRunning("analytics"))
        {
            await scene.System.StartAsync("analytics", cancellationToken);
        }
        else
        {
            await scene.System.ResumeAsync("analytics", cancellationToken);
        }
    }

    private async Task ReleaseAsync()
    {
        if (_holder is not null)
        {
            await _holder.DisposeAsync();
        }
    }
}
