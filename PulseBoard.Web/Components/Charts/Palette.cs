using System.Globalization;

namespace PulseBoard.Web.Components.Charts;

/// <summary>The stylesheet's colours for series: told apart by colour-blind people, too.</summary>
internal static class Palette
{
    /// <summary>How many there are.</summary>
    public const int Size = 8;

    public const string Events = "--events";
    public const string Created = "--created";
    public const string Completed = "--completed";
    public const string Before = "--before";
    public const string Other = "--other";

    public static string Series(int index) => string.Create(CultureInfo.InvariantCulture, $"--series-{(index % Size) + 1}");
}
