using PulseBoard.Bench.Systems;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Faults;

/// <summary>A system whose parts are stopped, killed and started again.</summary>
public sealed class FaultyApplication : PulseBoardApplication
{
    /// <summary>Impatient, so that a test need not wait for what takes long on purpose.</summary>
    internal override IReadOnlyList<ServiceVariable> Variables => [new("analytics", "Rollups__AttemptPause", "00:00:00.2")];

    /// <summary>Stops a part, gracefully.</summary>
    internal Task StopAsync(string resource) => System.StopAsync(resource);

    /// <summary>Starts a part, and waits until it is healthy.</summary>
    internal Task StartAsync(string resource) => System.StartAsync(resource);

    /// <summary>Starts a part again, whatever it does now.</summary>
    internal Task RestartAsync(string resource) => System.RestartAsync(resource);

    /// <summary>Ends a part, and waits until it is seen to have ended.</summary>
    internal Task EndAsync(string resource, Ending ending) =>
        ending == Ending.Killed ? System.KillAsync(resource) : System.StopAsync(resource);
}
