namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>The levels of .NET, least first, and those of OTLP: four numbers each, from 1.</summary>
internal static class LogSeverity
{
    private const int NumbersPerLevel = 4;

    private static readonly string[] Names = ["trace", "debug", "information", "warning", "error", "critical"];

    public static string Name(int level) => Names[level];

    /// <summary>The level of a name, or -1.</summary>
    public static int Parse(string name) => Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The level of a record. One that names none is informational, unless its text is a level's name.</summary>
    public static int FromWire(int number, string text) =>
        number > 0 ? Math.Min((number - 1) / NumbersPerLevel, Names.Length - 1)
        : Parse(text) is >= 0 and var named ? named
        : Parse("information");

    /// <summary>All names, for a person.</summary>
    public static string Choices => string.Join(", ", Names);
}
