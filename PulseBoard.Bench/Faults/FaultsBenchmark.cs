using System.Diagnostics;
using System.Globalization;
using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Faults;

/// <summary>One fault after the other, in an order of chance, on one system under load, for as long as is wanted.</summary>
internal static class FaultsBenchmark
{
    /// <summary>Longer than the broker is away in a deployment that restarts it.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <summary>As in the tests: a fault need not wait for what takes long on purpose.</summary>
    private static readonly ServiceVariable Impatient = new("analytics", "Rollups__AttemptPause", "00:00:00.2");

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The command line after the verb.</param>
    /// <param name="cancellationToken">Mends what is broken just now, and ends.</param>
    /// <returns>0 when every invariant held; 1 when one was broken, and nothing was run after that.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (FaultsArguments.Parse(arguments) is not { } parsed)
        {
            return Usage.Print();
        }

        if (parsed.Fault is not null && FaultCatalog.Create(Outage).All(fault => fault.Name != parsed.Fault))
        {
            throw new BenchmarkException($"There is no fault '{parsed.Fault}'. There are: {string.Join(", ", FaultCatalog.Create(Outage).Select(fault => fault.Name))}.");
        }

        Console.WriteLine($"seed {parsed.Seed}");
        var evidence = Directory.CreateTempSubdirectory("pulseboard-faults-").FullName;
        bool held;
        await using (var system = await PulseBoardSystem.StartAsync(new() { Variables = [Impatient], LogFolder = evidence }, cancellationToken))
        {
            await using var target = await FaultTarget.CreateAsync(system, cancellationToken);
            held = await RunAsync(target, parsed, evidence, cancellationToken);
        }

        if (held)
        {
            Directory.Delete(evidence, recursive: true);
        }

        return held ? 0 : 1;
    }

    private static async Task<bool> RunAsync(FaultTarget target, FaultsArguments arguments, string evidence, CancellationToken cancellationToken)
    {
        var random = new Random(arguments.Seed);
        var started = Stopwatch.GetTimestamp();
        Console.WriteLine(FaultTable.Header);
        while (Stopwatch.GetElapsedTime(started) < arguments.Time)
        {
            var faults = FaultCatalog.Create(Outage).Where(fault => arguments.Fault is null || fault.Name == arguments.Fault).ToArray();
            var fault = faults[random.Next(faults.Length)];
            var result = await new FaultRun(target, fault, new(), random.Next()).RunAsync(cancellationToken);
            Console.WriteLine(FaultTable.Line(result));
            if (result.Broken.Count > 0)
            {
                await Evidence.WriteAsync(target.Database, evidence);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes '{fault.Name}' broke an invariant. The tables and the logs are in {evidence}."));
                return false;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Every invariant held for {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes."));
        return true;
    }
}
