namespace PulseBoard.Web.Filtering;

/// <summary>A range of days that ends with today.</summary>
/// <param name="Key">How addresses name it.</param>
/// <param name="Days">How many days it has, today included.</param>
/// <param name="Label">How it is called.</param>
internal sealed record RangePreset(string Key, int Days, string Label)
{
    public static readonly RangePreset Default = new("30d", 30, "30 days");

    public static readonly RangePreset Year = new("365d", 365, "A year");

    /// <summary>The shortest first.</summary>
    public static readonly IReadOnlyList<RangePreset> All =
    [
        new("today", 1, "Today"),
        new("7d", 7, "7 days"),
        Default,
        new("90d", 90, "90 days"),
        Year,
    ];

    public static RangePreset? Find(string? key) => All.FirstOrDefault(preset => preset.Key == key);
}
