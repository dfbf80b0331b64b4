using System.Globalization;

namespace PulseBoard.Bench.Reading;

/// <summary>A question of the read API.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Path">Its route, under <c>/api</c>.</param>
/// <param name="Query">Its own parameters, escaped; empty where it has none.</param>
/// <param name="IsAboutTime">Whether it takes a range and a time zone.</param>
/// <param name="IsCached">Whether its answers are cached.</param>
internal sealed record ReadQuestion(string Name, string Path, string Query = "", bool IsAboutTime = true, bool IsCached = true)
{
    /// <summary>Path and query of the question about a range.</summary>
    public string About(ReadRange range)
    {
        var time = IsAboutTime
            ? string.Create(CultureInfo.InvariantCulture, $"from={range.From:yyyy-MM-dd}&to={range.To:yyyy-MM-dd}") + (range.Zone is { } zone ? $"&tz={Uri.EscapeDataString(zone)}" : "")
            : "";
        var query = string.Join('&', new[] { Query, time }.Where(part => part.Length > 0));
        return $"/api/{Path}{(query.Length > 0 ? "?" : "")}{query}";
    }
}
