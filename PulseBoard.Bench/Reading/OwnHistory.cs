using PulseBoard.Bench.Scenarios;
using PulseBoard.Bench.Seeding;

namespace PulseBoard.Bench.Reading;

/// <summary>The history that a system of its own is given before it is read.</summary>
internal static class OwnHistory
{
    /// <summary>Writes it, unless somebody else's PulseBoard is measured, which has its own.</summary>
    /// <param name="run">The run.</param>
    /// <param name="usual">How it is where the command line does not say.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task SeedAsync(BenchRun run, SeedOptions usual, CancellationToken cancellationToken)
    {
        if (!run.System.IsOwn)
        {
            return;
        }

        (usual.Events, usual.People) = (run.Options.Events ?? usual.Events, run.Options.People ?? usual.People);
        await Seeder.RunAsync(run.System.OwnDatabase, usual.ToPlan(DateTimeOffset.UtcNow), add: false, Console.Out, cancellationToken);
    }
}
