using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>The parameters that every question has.</summary>
internal static class FilterParameters
{
    public const string From = "from";
    public const string To = "to";
    public const string Zone = "tz";
    public const string User = "user";
    public const string Team = "team";
    public const string Type = "type";
    public const string Interval = "interval";
    public const string Comparison = "compare";

    /// <summary>Values of <c>compare</c>.</summary>
    public const string NoComparison = "none";

    /// <inheritdoc cref="NoComparison"/>
    public const string PreviousRange = "previous";

    /// <inheritdoc cref="NoComparison"/>
    public const string PreviousYear = "year";

    public static TextParameter Zones { get; } = new(
        Zone, "The time zone (IANA id) whose days and hours are meant; the installation's reporting zone where it is absent.", "Europe/Berlin");

    public static ListParameter Users { get; } = new(
        User,
        "Only what these people did, as events name them. Several of one parameter mean any of them, different parameters all of them.",
        "alex@example.com",
        EventLimits.UserLength);

    public static ListParameter Teams { get; } = new(
        Team, "Only what people in these teams did, by their team of today; an empty one means people in no team.", "platform", PeopleLimits.TeamLength, "people in no team");

    public static ListParameter Types { get; } = new(Type, "Only events of these types, compared exactly.", ActivityTypes.TaskCompleted, EventLimits.TypeLength);

    /// <summary>In the order of <see cref="Filtering.Interval"/>.</summary>
    public static WordParameter Intervals { get; } = new(
        Interval,
        "How long a bucket is, by the local clock; weeks begin on Monday. Where it is absent the range decides: hours up to 2 days, days up to 92, "
        + "weeks up to 730, then months. More than 2000 buckets are refused.",
        ["hour", "day", "week", "month"],
        Otherwise: null);

    public static WordParameter Comparisons { get; } = new(
        Comparison,
        "What to compare with: the same time before ('previous'), or a year before ('year'). Both are moved back by whole weeks, so that weekdays are "
        + "compared with their like: a year is 364 days.",
        [NoComparison, PreviousRange, PreviousYear],
        NoComparison);

    public static IReadOnlyList<QueryParameter> All { get; } =
    [
        new TimeParameter(
            From,
            "The beginning: a date, which is included, or an instant on a quarter hour. Alone, it means until today; what holds without 'from' and "
            + "'to' is said with each operation. A range has 3660 days at most."),
        new TimeParameter(To, "The end: a date, which is included, or an instant, which is not; of the same kind as 'from'. Alone, it means the 30 days that end with it."),
        Zones,
        Users,
        Teams,
        Types,
        Intervals,
        Comparisons,
    ];
}
