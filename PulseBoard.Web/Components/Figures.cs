using System.Globalization;

namespace PulseBoard.Web.Components;

/// <summary>Figures as people read them, in the browser's culture.</summary>
internal static class Figures
{
    public const string None = "–";

    private static readonly (string Unit, double Seconds)[] Units = [("d", 86400), ("h", 3600), ("min", 60), ("s", 1)];

    public static string Count(double? value) => value is { } count ? count.ToString("N0", CultureInfo.CurrentCulture) : None;

    /// <summary>A share of one.</summary>
    public static string Percent(double? value) => value is { } share ? share.ToString(share is > 0 and < 0.1 ? "P1" : "P0", CultureInfo.CurrentCulture) : None;

    /// <summary>By how much something changed, with its sign.</summary>
    public static string Change(double? value) => value switch
    {
        null => None,
        > 9.99 => "×" + (value.Value + 1).ToString("N0", CultureInfo.CurrentCulture),
        _ => value.Value.ToString("+0 %;−0 %;±0 %", CultureInfo.CurrentCulture),
    };

    /// <summary>In two units at most, as charts/chart.js writes it.</summary>
    public static string Duration(double? value)
    {
        if (value is not { } seconds)
        {
            return None;
        }

        if (seconds < 60)
        {
            return $"{Math.Round(seconds).ToString("N0", CultureInfo.CurrentCulture)} s";
        }

        var at = Array.FindIndex(Units, unit => seconds >= unit.Seconds);
        var (unit, size) = Units[at];
        var (smaller, part) = Units[at + 1];
        var whole = Math.Floor(seconds / size);
        var rest = Math.Floor((seconds - (whole * size)) / part);
        return rest > 0 && whole < 10 ? $"{whole} {unit} {rest} {smaller}" : $"{whole.ToString("N0", CultureInfo.CurrentCulture)} {unit}";
    }

    /// <summary>A duration that is mostly far below a second.</summary>
    public static string Latency(double? value) => value switch
    {
        null => None,
        < 0.01 => $"{(value.Value * 1000).ToString("N1", CultureInfo.CurrentCulture)} ms",
        < 1 => $"{(value.Value * 1000).ToString("N0", CultureInfo.CurrentCulture)} ms",
        < 10 => $"{value.Value.ToString("N1", CultureInfo.CurrentCulture)} s",
        _ => Duration(value),
    };

    /// <summary>A rate.</summary>
    public static string PerSecond(double value) => value.ToString(value is 0 or >= 10 ? "N0" : value < 0.1 ? "N2" : "N1", CultureInfo.CurrentCulture) + "/s";

    /// <summary>The beginning of a bucket, by the clock that it has with it.</summary>
    public static string Bucket(DateTimeOffset start, string interval) => interval switch
    {
        "minute" or "hour" => start.ToString("g", CultureInfo.CurrentCulture),
        "month" => start.ToString("Y", CultureInfo.CurrentCulture),
        _ => start.ToString("d", CultureInfo.CurrentCulture),
    };

    /// <summary>The short name of a weekday, from 0, which is Monday.</summary>
    public static string Weekday(int day) => CultureInfo.CurrentCulture.DateTimeFormat.AbbreviatedDayNames[(day + 1) % 7];

    /// <summary>A day.</summary>
    public static string Day(DateOnly? day) => day?.ToString("d", CultureInfo.CurrentCulture) ?? None;

    /// <summary>What a type of event, or a metric, is called: its words.</summary>
    public static string Type(string type) => type.Replace('_', ' ');
}
