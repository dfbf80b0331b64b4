using System.Globalization;

namespace PulseBoard.Tests.Metrics;

/// <summary>A question to the read API, and what the plain recomputation says to it.</summary>
/// <param name="Path">Such as <c>/api/metrics/totals</c>.</param>
/// <param name="Query">Its query, without the question mark; may be empty.</param>
/// <param name="Answer">What it should be when it is asked at an instant; null where there should be none.</param>
internal sealed record MetricsQuestion(string Path, string Query, Func<DateTimeOffset, object?> Answer)
{
    /// <summary>How it is asked.</summary>
    public string Url => Query.Length == 0 ? Path : $"{Path}?{Query}";

    public static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
