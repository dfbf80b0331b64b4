using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Bench.Seeding;

/// <summary>What the command line says of a history.</summary>
internal sealed class SeedOptions
{
    private static readonly string[] Switches = ["--demo", "--add"];

    /// <summary>How many events; 1,000,000 by default, 35,000 for a demonstration.</summary>
    [Range(1_000, 1_000_000_000)]
    public int? Events { get; set; }

    /// <summary>How many people; 200 by default, 25 for a demonstration.</summary>
    [Range(1, 100_000)]
    public int? People { get; set; }

    /// <summary>How many teams; 12 by default, 5 for a demonstration.</summary>
    [Range(1, 1_000)]
    public int? Teams { get; set; }

    /// <summary>How many days; 365 by default, 120 for a demonstration.</summary>
    [Range(1, 3_650)]
    public int? Days { get; set; }

    /// <summary>When the history ends; now by default.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Whose history it is: the same number gives the same people and events.</summary>
    [Range(1, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>A small company, with which every page is worth looking at.</summary>
    public bool Demo { get; set; }

    /// <summary>Whether the history may come to events that are there already.</summary>
    public bool Add { get; set; }

    /// <summary>The connection string of the database; by default that of the PulseBoard of this machine.</summary>
    public string? Database { get; set; }

    /// <summary>Reads <c>--name value</c> pairs and switches.</summary>
    /// <exception cref="BenchmarkException">An option is unknown, or its value is none.</exception>
    public static SeedOptions Parse(string[] args) => CommandLine.Read<SeedOptions>(args, Switches, []);

    /// <summary>The history that they ask for.</summary>
    /// <param name="now">When it ends where they do not say.</param>
    /// <exception cref="BenchmarkException">It would contradict itself.</exception>
    public SeedPlan ToPlan(DateTimeOffset now)
    {
        var plan = new SeedPlan(
            Events ?? (Demo ? 35_000 : 1_000_000),
            People ?? (Demo ? 25 : 200),
            Teams ?? (Demo ? 5 : 12),
            Days ?? (Demo ? 120 : 365),
            Until ?? now,
            Seed);
        if (plan.Teams > plan.People)
        {
            throw new BenchmarkException("Each team has somebody: ask for as many --people as --teams, or more.");
        }

        return plan.Until <= now
            ? plan
            : throw new BenchmarkException("A history cannot end in the future: nothing is received before it happens.");
    }
}
