using Npgsql;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>Postgres has no connection left for anyone: those of the services are ended, and all there are is taken.</summary>
internal sealed class OutOfConnections(TimeSpan duration) : Fault("postgres-out-of-connections")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<NpgsqlConnection> _taken = [];
    private volatile bool _mending;
    private Task _taking = Task.CompletedTask;

    public override IReadOnlyList<string> MayRefuse => [Refusals.StorageUnavailable, Refusals.PartlyUnavailable];

    public override TimeSpan Duration => duration;

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _taking = TakeAsync(scene, full, cancellationToken);
        await full.Task.WaitAsync(cancellationToken);
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        _mending = true;
        await _taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        scene.Saw($"{_taken.Count} connections were taken");
        foreach (var connection in _taken)
        {
            await connection.DisposeAsync();
        }
    }

    public override Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        scene.Expect(scene.Load.Ledger.Refusals.ContainsKey(Refusals.StorageUnavailable), "nobody was told that the storage is away");
        return Task.CompletedTask;
    }

    // For as long as the fault lasts: a service is fast to take what becomes free.
    private async Task TakeAsync(FaultScene scene, TaskCompletionSource full, CancellationToken cancellationToken)
    {
        while (!_mending)
        {
            try
            {
                _taken.Add(await scene.Database.OpenAsync(cancellationToken));
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await using var terminate = _taken[0].CreateCommand();
                terminate.CommandText = """
                    SELECT count(pg_terminate_backend(pid))
                    FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND application_name <> 'faults'
                    """;
                if (await terminate.ExecuteScalarAsync(cancellationToken) is 0L)
                {
                    full.TrySetResult();
                    await Task.Delay(Pause, cancellationToken);
                }
            }
        }
    }
}
