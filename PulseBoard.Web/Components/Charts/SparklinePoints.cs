using System.Globalization;
using System.Text;

namespace PulseBoard.Web.Components.Charts;

/// <summary>The points of a small line that stands on zero and fills its box.</summary>
internal static class SparklinePoints
{
    /// <summary>The box, in units of its own.</summary>
    public const int Width = 1000;

    /// <inheritdoc cref="Width"/>
    public const int Height = 240;

    private const int Margin = 20;
    private const int MostPoints = 120;

    /// <summary>The points as SVG writes them; null where there is no line.</summary>
    /// <param name="values">In the order of time; null where there is no value.</param>
    public static string? Of(IReadOnlyList<double?> values)
    {
        var (known, least, most) = (0, 0d, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value is { } number)
            {
                (known, least, most) = (known + 1, Math.Min(least, number), Math.Max(most, number));
            }
        }

        if (known < 2)
        {
            return null;
        }

        var (text, step, nth) = (new StringBuilder(), (known + MostPoints - 1) / MostPoints, 0);
        var scale = most > least ? (Height - (2 * Margin)) / (most - least) : 0;
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is { } number && nth++ % step == 0)
            {
                var (x, y) = ((int)((double)index * Width / (values.Count - 1)), (int)(Height - Margin - ((number - least) * scale)));
                text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{x},{y}");
            }
        }

        return text.ToString();
    }
}
