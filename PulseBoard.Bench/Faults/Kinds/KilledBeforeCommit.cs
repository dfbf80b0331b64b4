using Npgsql;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// SIGKILL of Analytics before its commit: a transaction of our own has the rollups locked that it is about to change, so that it
/// is killed with its outbox rows deleted and nothing committed.
/// </summary>
internal sealed class KilledBeforeCommit() : Fault("analytics-killed-before-commit")
{
    private NpgsqlConnection? _holder;

    public override IReadOnlyList<string> Ends => ["analytics"];

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        string[] people = [.. scene.Load.People];
        await Waiting.UntilAsync("everyone to be counted once", AllCountedAsync, cancellationToken);

        _holder = await scene.Database.OpenAsync(cancellationToken);
        await using (var hold = _holder.CreateCommand())
        {
            // In the order of the worker's own upserts. They are locked until the connection is closed.
            hold.CommandText = "SELECT FROM daily_user_metrics WHERE user_id = ANY ($1) ORDER BY user_id, metric_date FOR UPDATE";
            hold.Parameters.Add(new() { Value = people });
            hold.Transaction = await _holder.BeginTransactionAsync(cancellationToken);
            await hold.ExecuteNonQueryAsync(cancellationToken);
        }

        await Waiting.UntilAsync("the worker's transaction to wait for the lock", WaitsAsync, cancellationToken);
        await scene.System.KillAsync("analytics", cancellationToken);

        // Its sessions too, as when its machine is gone: Postgres would finish the statement, and commit, for a client that is dead.
        await scene.Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'analytics'", cancellationToken);
        scene.Saw("it was killed with its transaction open");

        async Task<bool> AllCountedAsync() => await scene.Database.QueryAsync<long>(
            "SELECT count(DISTINCT user_id) FROM daily_user_metrics WHERE user_id = ANY ($1)", cancellationToken, (object)people) == people.Length;

        async Task<bool> WaitsAsync() => await scene.Database.QueryAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'analytics' AND wait_event_type = 'Lock'", cancellationToken) > 0;
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        if (_holder is not null)
        {
            await _holder.DisposeAsync();
        }

        if (!scene.System.IsRunning("analytics"))
        {
            await scene.System.StartAsync("analytics", cancellationToken);
        }
    }
}
