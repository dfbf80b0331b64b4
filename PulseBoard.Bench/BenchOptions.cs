using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PulseBoard.Bench;

/// <summary>What the command line says of a scenario.</summary>
internal sealed class BenchOptions
{
    /// <summary>How often each measurement is made; the medians are reported.</summary>
    [Range(1, 100)]
    public int Rounds { get; set; } = 3;

    /// <summary>Seconds that each measurement takes.</summary>
    [Range(1, 3_600)]
    public int Seconds { get; set; } = 10;

    /// <summary>Seconds of the same load before each measurement.</summary>
    [Range(0, 600)]
    public int WarmUp { get; set; } = 3;

    /// <summary>Clients at once: a number, or several after each other, separated by commas.</summary>
    [RegularExpression(@"[1-9]\d{0,3}(,[1-9]\d{0,3})*")]
    public string? Connections { get; set; }

    /// <summary>Workers that drain: a number, or several after each other, separated by commas.</summary>
    [RegularExpression(@"[1-9](,[1-9])*")]
    public string Workers { get; set; } = "1";

    /// <summary>Events of the backlog that is drained.</summary>
    [Range(1_000, 10_000_000)]
    public int Backlog { get; set; } = 500_000;

    /// <summary>Minutes of full load in which memory is watched.</summary>
    [Range(1, 24 * 60)]
    public int Minutes { get; set; } = 10;

    /// <summary>Events that are there already when growth is measured.</summary>
    [Range(1_000, 100_000_000)]
    public int History { get; set; } = 10_000_000;

    /// <summary>Events of the history that a system of its own is given where reading is measured; each scenario has its own default.</summary>
    [Range(1_000, 1_000_000_000)]
    public int? Events { get; set; }

    /// <summary>People of that history.</summary>
    [Range(1, 100_000)]
    public int? People { get; set; }

    /// <summary>How often each question is asked in a round, one after the other.</summary>
    [Range(1, 10_000)]
    public int Requests { get; set; } = 30;

    /// <summary>A part of the names of the questions that are asked, or of the measurements of pages; all of them where absent.</summary>
    public string? Only { get; set; }

    /// <summary>Whether the query plans of the slowest questions are printed.</summary>
    public bool Plans { get; set; }

    /// <summary>Streams that are open at once.</summary>
    [Range(1, 20_000)]
    public int Listeners { get; set; } = 2_000;

    /// <summary>Dashboards that are open at once.</summary>
    [Range(2, 5_000)]
    public int Dashboards { get; set; } = 200;

    /// <summary>People who look at an overview while ingestion is measured.</summary>
    [Range(1, 1_000)]
    public int Readers { get; set; } = 20;

    /// <summary>Requests a second, of all clients together, whether or not they have their answers; as many as they can where absent.</summary>
    [Range(0.1, 1_000_000)]
    public double? Rate { get; set; }

    /// <summary>The ingestion API of a PulseBoard that runs on this machine.</summary>
    public Uri? Url { get; set; }

    /// <summary>The read API of a PulseBoard that runs on this machine.</summary>
    public Uri? Dashboard { get; set; }

    /// <summary>The pages of a PulseBoard that runs on this machine.</summary>
    public Uri? Web { get; set; }

    /// <summary>The connection string of its database; where the read API is measured, by default that of the PulseBoard of this machine.</summary>
    public string? Database { get; set; }

    /// <summary>The file that gets the results as JSON.</summary>
    public string? Json { get; set; }

    /// <summary>Reads <c>--name value</c> pairs and switches.</summary>
    /// <exception cref="BenchmarkException">An option is unknown, or its value is none.</exception>
    public static BenchOptions Parse(string[] args) =>
        CommandLine.Read<BenchOptions>(args, ["--plans"], new() { ["--warm-up"] = nameof(WarmUp) });

    /// <summary>The numbers of clients to measure with, one after the other.</summary>
    /// <param name="usual">Where the command line does not say.</param>
    public IReadOnlyList<int> ConnectionsOr(params int[] usual) => Connections is null ? usual : Numbers(Connections);

    /// <summary>The numbers of workers to measure with, one after the other.</summary>
    public IReadOnlyList<int> WorkerCounts() => Numbers(Workers);

    private static int[] Numbers(string list) => [.. list.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
