using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Metrics;

/// <summary>A read API with some activity, half of it compacted, that tests may add to: each leaves it as the plain recomputation has it.</summary>
public sealed class SharedMetricsSystem(PulseBoardApplication application) : IAsyncLifetime
{
    private const int Seed = 3;
    private const int Events = 1_200;

    // In one quarter hour, and more than one statement is to read.
    private const int BurstEvents = 250;

    internal static readonly TimeSpan ComputeTimeout = TimeSpan.FromSeconds(2);

    internal MetricsSystem System { get; private set; } = null!;

    internal RandomActivity Activity { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        System = await MetricsSystem.StartAsync(
            application,
            "Asia/Kathmandu",
            new("Caching__ComputeTimeout", ComputeTimeout.ToString()),
            // So that pages end before they are full, and exports are read in several parts.
            new("Events__StretchEvents", "150"),
            new("Events__PageTime", "00:00:00.001"));
        try
        {
            var random = new Random(Seed);
            Activity = new(random, System.Now);
            Activity.Assign(System.Activity);
            await System.WritePeopleAsync();
            await System.AddAsync(random, [.. Activity.OldEvents(), .. Activity.Burst(BurstEvents), .. Activity.Events(Events)]);
            await System.CompactAsync();
            await System.AddAsync(random, Activity.Events(Events));
            await System.TellAsync();
        }
        catch
        {
            // Nobody disposes of a fixture that failed to start.
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await System.DisposeAsync();
}
