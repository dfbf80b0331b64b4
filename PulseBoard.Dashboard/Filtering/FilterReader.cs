using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>Reads the filter that all questions have in common.</summary>
internal sealed class FilterReader(IOptions<ReportingOptions> options, TimeProvider time)
{
    /// <summary>The longest range.</summary>
    public const int MostDays = 3_660;

    /// <summary>The most buckets of an answer.</summary>
    public const int MostBuckets = 2_000;

    private const int DefaultDays = 30;
    private const int YearOfDays = 365;
    private const int ComparedYear = 364;

    // The ranges that intervals are chosen for, in days.
    private const int MostDaysInHours = 2;
    private const int MostDaysInDays = 92;
    private const int MostDaysInWeeks = 730;

    private readonly RangeCache _ranges = new();

    /// <summary>The zone of a question that names none.</summary>
    public TimeZoneInfo ReportingZone { get; } =
        TimeZones.Find(options.Value.TimeZone) ?? throw new ArgumentException("The reporting zone is none of the IANA database.", nameof(options));

    /// <summary>The filter that a request's query gives.</summary>
    /// <param name="query">The query.</param>
    /// <param name="rules">What the endpoint makes of it.</param>
    /// <exception cref="ParameterException">It gives none.</exception>
    public MetricsFilter Read(IQueryCollection query, FilterRules rules)
    {
        rules.Parameters.Require(query);
        var range = ReadRange(query, rules);
        var interval = ReadInterval(query, rules, range);
        var comparison = ReadComparison(query, rules, range);
        var users = FilterParameters.Users.Read(query);
        var teams = FilterParameters.Teams.Read(query);
        var types = FilterParameters.Types.Read(query);

        return new()
        {
            Range = range,
            Comparison = comparison,
            Users = users,
            Teams = teams,
            Types = types,
            Interval = interval,
            Key = KeyOf(range, rules.UsesInterval ? FilterParameters.Intervals.Words[(int)interval] : "", comparison, users, teams, types),
        };
    }

    private TimeRange? ReadRange(IQueryCollection query, FilterRules rules)
    {
        var from = Parameters.Single(query, FilterParameters.From);
        var to = Parameters.Single(query, FilterParameters.To);
        var zone = ReadZone(query);
        if (from is null && to is null && rules.DefaultRange == DefaultRange.AllTime)
        {
            return null;
        }

        var today = to is null ? Today(zone) : default;
        var defaultDays = rules.DefaultRange == DefaultRange.Year ? YearOfDays : DefaultDays;
        var question = new RangeQuestion(zone, from, to, today, defaultDays);
        if (_ranges.Find(question) is { } known)
        {
            return known;
        }

        var range = Resolve(question);
        _ranges.Keep(question, range);
        return range;
    }

    private TimeZoneInfo ReadZone(IQueryCollection query)
    {
        return FilterParameters.Zones.Read(query) is not { } id
            ? ReportingZone
            : TimeZones.Find(id) ?? throw Parameters.Invalid(FilterParameters.Zone, "'tz' takes a time zone of the IANA database with its capitals, such as Europe/Berlin or UTC; a plus sign is written as %2B.");
    }

    // By the clock on the wall: that a day has begun does not end where clocks go back over midnight.
    private DateOnly Today(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);

    private static TimeRange Resolve(RangeQuestion question)
    {
        var from = question.From is null ? (TimeBound?)null : ReadBound(FilterParameters.From, question.From);
        var to = question.To is null ? (TimeBound?)null : ReadBound(FilterParameters.To, question.To);
        if (from is { } one && to is { } other && one.Instant is null != other.Instant is null)
        {
            throw Parameters.Invalid(FilterParameters.To, "'from' and 'to' are of one kind: two dates, both included, or two instants.");
        }

        return from?.Instant is not null || to?.Instant is not null
            ? ResolveInstants(question, from?.Instant, to?.Instant)
            : ResolveDays(question, from?.Day, to?.Day);
    }

    private static TimeRange ResolveDays(RangeQuestion question, DateOnly? from, DateOnly? to)
    {
        var last = to ?? question.Today;
        var first = from ?? last.AddDays(1 - (to is null ? question.DefaultDays : DefaultDays));
        RequireOrder(first <= last, to is not null);
        RequireLength(last.DayNumber - first.DayNumber + 1, last);

        var firstQuarterHour = LocalClock.StartOf(question.Zone, first);
        if (firstQuarterHour < 0)
        {
            throw BeforeEpoch(from is null ? FilterParameters.To : FilterParameters.From, question.Zone);
        }

        var end = LocalClock.StartOf(question.Zone, last.AddDays(1));
        return end > firstQuarterHour
            ? TimeRange.Of(question.Zone, firstQuarterHour, end)
            : throw Parameters.Invalid(FilterParameters.From, "That day was left out in that time zone: ask for the one before or after it.");
    }

    private static TimeRange ResolveInstants(RangeQuestion question, DateTimeOffset? from, DateTimeOffset? to)
    {
        var zone = question.Zone;
        var end = to is { } until ? QuarterHour.Of(until) : LocalClock.StartOf(zone, question.Today.AddDays(1));
        var first = from is { } since ? QuarterHour.Of(since) : DaysBefore(zone, end);
        RequireOrder(first < end, to is not null);
        if (first < 0)
        {
            throw BeforeEpoch(from is null ? FilterParameters.To : FilterParameters.From, TimeZoneInfo.Utc);
        }

        var lastDay = LocalClock.DayOf(zone, end - 1);
        if (end - first > (MostDays + 1) * QuarterHour.PerDay)
        {
            RequireLength((end - first) / QuarterHour.PerDay, lastDay);
        }

        var range = TimeRange.Of(zone, first, end);
        RequireLength(range.LengthInDays, lastDay);
        return range;
    }

    private static int DaysBefore(TimeZoneInfo zone, int end)
    {
        var last = LocalClock.Of(zone, end - 1, end);
        return LocalClock.FirstAt(zone, last.LocalAt(end - 1) + 1 - (DefaultDays * QuarterHour.PerDay));
    }

    private static TimeBound ReadBound(string name, string text)
    {
        if (TimeBound.Read(text) is not { } bound)
        {
            throw Parameters.Invalid(name, $"'{name}' takes a date such as 2026-11-01, or an instant with its offset such as 2026-11-01T09:30:00Z or 2026-11-01T09:30:00%2B01:00.");
        }

        if (bound.Day.Year is < TimeBound.FirstYear or > TimeBound.LastYear)
        {
            throw Parameters.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"'{name}' must lie between 1970-01-01 and {TimeBound.LastYear}-12-31."));
        }

        if (bound.Instant is { } instant && instant.UtcTicks % TimeSpan.FromSeconds(QuarterHour.Seconds).Ticks != 0)
        {
            throw Parameters.Invalid(name, $"'{name}' must lie on a quarter hour: the nearest is {Format(Nearest(instant))}.");
        }

        return bound;
    }

    private static DateTimeOffset Nearest(DateTimeOffset instant)
    {
        var quarterHour = TimeSpan.FromSeconds(QuarterHour.Seconds).Ticks;
        var ticks = (instant.UtcTicks + (quarterHour / 2)) / quarterHour * quarterHour;
        return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(instant.Offset);
    }

    private static string Format(DateTimeOffset instant) =>
        instant.ToString(instant.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void RequireOrder(bool isOrdered, bool hasEnd)
    {
        if (!isOrdered)
        {
            throw hasEnd
                ? Parameters.Invalid(FilterParameters.To, "'to' lies before 'from': a range of dates includes both, one of instants ends before 'to'.")
                : Parameters.Invalid(FilterParameters.From, "'from' lies after today: give 'to' as well.");
        }
    }

    private static void RequireLength(int days, DateOnly last)
    {
        if (days > MostDays)
        {
            throw new ParameterException(
                ParameterCodes.RangeTooLong,
                FilterParameters.From,
                string.Create(CultureInfo.InvariantCulture, $"The range has {days} days, and may have {MostDays}: with the same end it begins on {last.AddDays(1 - MostDays):yyyy-MM-dd} or later."));
        }
    }

    private static ParameterException BeforeEpoch(string name, TimeZoneInfo zone)
    {
        var day = new DateOnly(1970, 1, 1);
        if (LocalClock.StartOf(zone, day) < 0)
        {
            day = day.AddDays(1);
        }

        return Parameters.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"The range begins before 1970-01-01T00:00:00Z: begin then or later. The first whole day there is {day:yyyy-MM-dd}."));
    }

    private static Interval ReadInterval(IQueryCollection query, FilterRules rules, TimeRange? range)
    {
        var word = FilterParameters.Intervals.Read(query);
        if (range is null)
        {
            return word.Length == 0 ? Interval.Month : IntervalOf(word);
        }

        if (word.Length == 0)
        {
            return range.LengthInDays switch
            {
                <= MostDaysInHours => Interval.Hour,
                <= MostDaysInDays => Interval.Day,
                <= MostDaysInWeeks => Interval.Week,
                _ => Interval.Month,
            };
        }

        var interval = IntervalOf(word);
        if (rules.UsesInterval)
        {
            RequireFewBuckets(range, interval);
        }

        return interval;
    }

    private static Interval IntervalOf(string word) => Enum.Parse<Interval>(word, ignoreCase: true);

    private static void RequireFewBuckets(TimeRange range, Interval interval)
    {
        var days = range.LastDay.DayNumber - range.FirstDay.DayNumber + 1;
        var buckets = interval switch
        {
            Interval.Hour => TimeBuckets.CountHours(range),
            Interval.Day => days,
            _ => 0,
        };
        if (buckets > MostBuckets)
        {
            var fitting = days <= MostBuckets ? "day" : "week";
            throw new ParameterException(
                ParameterCodes.RangeTooLong,
                FilterParameters.Interval,
                string.Create(CultureInfo.InvariantCulture, $"The range has {buckets} buckets of that interval, and an answer at most {MostBuckets}: ask with interval={fitting}, or for a shorter range."));
        }
    }

    private static TimeRange? ReadComparison(IQueryCollection query, FilterRules rules, TimeRange? range)
    {
        var word = FilterParameters.Comparisons.Read(query);
        if (!rules.UsesComparison || word == FilterParameters.NoComparison)
        {
            return null;
        }

        if (range is null)
        {
            throw Parameters.Invalid(FilterParameters.Comparison, "Nothing comes before all time: compare a range with 'from' or 'to'.");
        }

        // Whole weeks, so that weekdays are compared with their like.
        var weeks = (range.LengthInDays + 6) / 7 * 7;
        return range.ShiftedBackBy(word == FilterParameters.PreviousYear ? Math.Max(ComparedYear, weeks) : weeks);
    }

    private static string KeyOf(
        TimeRange? range, string interval, TimeRange? comparison, IReadOnlyList<string> users, IReadOnlyList<string> teams, IReadOnlyList<string> types)
    {
        var key = new StringBuilder(128);
        key.Append(range?.Key ?? "all").Append('|').Append(interval).Append('|').Append(comparison?.Key);
        return key.AddTexts('u', users).AddTexts('g', teams).AddTexts('t', types).ToString();
    }
}
