using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PulseBoard.Bench.Reporting;

/// <summary>The figures of a run, beside what they should be.</summary>
internal sealed class Report(string scenario)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private readonly List<Measure> _measures = [];
    private readonly List<string> _rounds = [];

    public void Add(Measure measure) => _measures.Add(measure);

    /// <summary>Tells what a round gave, as it comes.</summary>
    public void Tell(string line)
    {
        _rounds.Add(line);
        Console.WriteLine(line);
    }

    public void Print(MachineDescription machine)
    {
        var rows = _measures.ConvertAll(measure => (
            measure.Name,
            Figure: string.Create(CultureInfo.InvariantCulture, $"{measure.Figure:#,0.###} {measure.Unit}").TrimEnd(),
            Target: measure.Goal?.ToString() ?? "",
            Met: measure.Met switch { true => "met", false => "NOT MET", null => "" }));
        var (name, figure, target) = (Width("measure", row => row.Name), Width("figure", row => row.Figure), Width("target", row => row.Target));

        Console.WriteLine();
        Console.WriteLine(machine);
        Console.WriteLine();
        Console.WriteLine($"| {"measure".PadRight(name)} | {"figure".PadLeft(figure)} | {"target".PadRight(target)} | met     |");
        Console.WriteLine($"| {new string('-', name)} | {new string('-', figure - 1)}: | {new string('-', target)} | ------- |");
        foreach (var row in rows)
        {
            Console.WriteLine($"| {row.Name.PadRight(name)} | {row.Figure.PadLeft(figure)} | {row.Target.PadRight(target)} | {row.Met,-7} |");
        }

        int Width(string title, Func<(string Name, string Figure, string Target, string Met), string> column) =>
            rows.Select(row => column(row).Length).Append(title.Length).Max();
    }

    public Task WriteAsync(string file, MachineDescription machine, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var document = new { Scenario = scenario, At = at, Machine = machine, Measures = _measures, Rounds = _rounds };
        return File.WriteAllTextAsync(file, JsonSerializer.Serialize(document, Json), cancellationToken);
    }
}
