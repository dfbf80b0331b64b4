using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace PulseBoard.Web.Components.Charts;

/// <summary>Cells of tables whose colours say how much.</summary>
internal static class Heat
{
    private const int Levels = 9;

    /// <summary>From 0, nothing, to 9, as much as there is anywhere.</summary>
    public static int Level(long value, long most) => value <= 0 || most <= 0 ? 0 : Math.Max(1, (int)Math.Ceiling((double)value / most * Levels));

    /// <summary>
    /// A cell, in one piece: it is replaced whole where it changes, and the server keeps one frame of it for every open page instead of
    /// four.
    /// </summary>
    /// <param name="value">What it is about.</param>
    /// <param name="most">The largest of all cells.</param>
    /// <param name="when">The time that it is of, for its title.</param>
    public static MarkupString Cell(long value, long most, string when)
    {
        var figure = Encode(Figures.Count(value));
        return new($"<td data-level=\"{Level(value, most)}\" title=\"{Encode(when)} – {figure}\">{figure}</td>");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
