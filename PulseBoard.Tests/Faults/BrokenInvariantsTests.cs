using PulseBoard.Bench.Faults;

namespace PulseBoard.Tests.Faults;

/// <summary>That the harness sees what it is there to see: a fault that breaks the invariants by hand.</summary>
[Collection(FaultsCollection.Name)]
public sealed class BrokenInvariantsTests(FaultyApplication application)
{
    [Fact]
    public async Task A_run_names_what_was_lost_what_was_counted_twice_and_who_ended()
    {
        await using var target = await FaultTarget.CreateAsync(application.System);

        var result = await new FaultRun(target, new Tampering(), new(), seed: 1).RunAsync(CancellationToken.None);

        Assert.Contains("1 acknowledged events are not stored as they were sent", result.Broken);
        Assert.Contains("1 stored events were never sent", result.Broken);
        Assert.Contains("1 rollups are not what the events say", result.Broken);
        Assert.Contains("dashboard has ended", result.Broken);
        Assert.Equal(4, result.Broken.Count);
    }

    private sealed class Tampering() : Fault("tampering")
    {
        private readonly string _twice = FaultyApplication.NewUser();

        public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
        {
            // Another id for an event that is stored: one is lost, and another was never sent; its rollup does not change.
            await scene.Database.ExecuteAsync(
                "UPDATE events SET event_id = gen_random_uuid() WHERE event_id = (SELECT event_id FROM events WHERE user_id = $1 LIMIT 1)",
                cancellationToken,
                scene.Load.People[0]);
            await scene.Database.ExecuteAsync(
                "INSERT INTO daily_user_metrics (user_id, metric_date, event_count) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, 1)",
                cancellationToken,
                _twice);
            await scene.System.KillAsync("dashboard", cancellationToken);
        }

        public override Task HealAsync(FaultScene scene, CancellationToken cancellationToken) =>
            scene.System.StartAsync("dashboard", cancellationToken);

        public override Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken) =>
            scene.Database.ExecuteAsync("DELETE FROM daily_user_metrics WHERE user_id = $1", cancellationToken, _twice);
    }
}
