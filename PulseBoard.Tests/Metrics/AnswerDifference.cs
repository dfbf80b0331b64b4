using System.Globalization;
using System.Text.Json;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Metrics;

/// <summary>Where an answer differs from what it should be.</summary>
internal static class AnswerDifference
{
    private const double Rounding = 1e-9;
    private const double HalfASecond = 0.5;

    // Read off a histogram, which says how wrong they may be.
    private static readonly string[] Approximate = ["median_cycle_seconds", "median_seconds", "p85_seconds", "median_per_bucket", "p85_per_bucket"];

    /// <summary>The first difference, or null. Every field counts, and none may be there that is not expected.</summary>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What it is.</param>
    /// <param name="path">Where in the answer both are.</param>
    /// <param name="approximate">Whether numbers may differ by what a histogram may be wrong.</param>
    public static string? First(JsonElement expected, JsonElement actual, string path = "$", bool approximate = false)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return Describe();
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return FirstOfObjects(expected, actual, path, approximate);
            case JsonValueKind.Array:
                var (expectedItems, actualItems) = (expected.EnumerateArray().ToList(), actual.EnumerateArray().ToList());
                return expectedItems.Zip(actualItems)
                    .Select((pair, index) => First(pair.First, pair.Second, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), approximate))
                    .FirstOrDefault(difference => difference is not null)
                    ?? (expectedItems.Count == actualItems.Count ? null : $"{path}: {expectedItems.Count} elements expected, {actualItems.Count} are there{Surplus(expectedItems, actualItems)}");
            case JsonValueKind.Number:
                var (number, other) = (expected.GetDouble(), actual.GetDouble());
                var tolerance = Math.Max(Rounding * Math.Abs(number), approximate ? Math.Max(CycleTimeBins.RelativeError * number, HalfASecond) : 0);
                return Math.Abs(number - other) <= tolerance ? null : Describe();
            case JsonValueKind.String:
                return expected.GetString() == actual.GetString() ? null : Describe();
            default:
                return null;
        }

        string Describe() => $"{path}: {expected.GetRawText()} expected, {actual.GetRawText()} is there";
    }

    private static string? FirstOfObjects(JsonElement expected, JsonElement actual, string path, bool approximate)
    {
        // In a row the measure's name is a value.
        approximate |= expected.TryGetProperty("metric", out var metric) && Approximate.Contains(metric.GetString());
        var rest = actual.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        foreach (var property in expected.EnumerateObject())
        {
            if (!rest.Remove(property.Name, out var value))
            {
                return $"{path}.{property.Name}: missing";
            }

            // Follows from two numbers of which each may be a little wrong.
            var expectedValue = approximate && property.Name == "change" ? Change(actual) : property.Value;
            if (First(expectedValue, value, $"{path}.{property.Name}", approximate || Approximate.Contains(property.Name)) is { } difference)
            {
                return difference;
            }
        }

        return rest.Count == 0 ? null : $"{path}.{rest.Keys.First()}: not expected";
    }

    private static JsonElement Change(JsonElement measure)
    {
        var (value, previous) = (Number("value"), Number("previous"));
        return JsonSerializer.SerializeToElement(previous is 0 ? null : (value - previous) / previous);

        double? Number(string name) => measure.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
    }

    private static string Surplus(List<JsonElement> expected, List<JsonElement> actual) => expected.Count > actual.Count
        ? $"; the first that is missing: {expected[actual.Count].GetRawText()}"
        : $"; the first that is too many: {actual[expected.Count].GetRawText()}";
}
