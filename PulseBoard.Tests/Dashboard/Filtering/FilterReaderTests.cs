using System.Globalization;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class FilterReaderTests
{
    [Theory]
    [InlineData(nameof(DefaultRange.Month), "UTC", "2026-10-28T00:00:00+00:00", "2026-11-27T00:00:00+00:00")]
    [InlineData(nameof(DefaultRange.Year), "UTC", "2025-11-27T00:00:00+00:00", "2026-11-27T00:00:00+00:00")]
    [InlineData(nameof(DefaultRange.Month), "Pacific/Kiritimati", "2026-10-29T00:00:00+14:00", "2026-11-28T00:00:00+14:00")]
    [InlineData(nameof(DefaultRange.Month), "America/New_York", "2026-10-28T00:00:00-04:00", "2026-11-27T00:00:00-05:00")]
    public void Without_a_range_it_ends_with_today_in_the_zone(string defaultRange, string zone, string start, string end)
    {
        var rules = new FilterRules(Enum.Parse<DefaultRange>(defaultRange), usesInterval: true, usesComparison: true);

        foreach (var range in new[] { Filters.Read($"tz={zone}", rules).Range!, Filters.Read("", rules, zone).Range! })
        {
            Assert.Equal((start, end), (Text(range.Start), Text(range.End)));
            Assert.Equal(zone, range.ZoneId);
        }
    }

    [Fact]
    public void Without_a_range_it_is_all_time_where_the_endpoint_says_so()
    {
        Assert.Null(Filters.Read("tz=Europe/Berlin&interval=day", Filters.AllTime).Range);
        Assert.NotNull(Filters.Read("from=2026-11-01", Filters.AllTime).Range);
    }

    [Theory]
    [InlineData("2026-11-26T22:59:59Z", "2026-11-26")]
    [InlineData("2026-11-26T23:00:00Z", "2026-11-27")]
    public void Today_begins_in_the_zone(string now, string today)
    {
        var range = Filters.Range("tz=Europe/Berlin", now: now);

        Assert.Equal(today, range.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_day_later_the_same_query_is_another_range()
    {
        var clock = new MovingClock(DateTimeOffset.Parse("2026-11-26T23:59:59Z", CultureInfo.InvariantCulture));
        var reader = new FilterReader(Microsoft.Extensions.Options.Options.Create(new ReportingOptions()), clock);
        var before = reader.Read(Filters.Query("from=2026-11-01"), Filters.Rules);

        clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal(before.Range!.EndQuarterHour + 96, reader.Read(Filters.Query("from=2026-11-01"), Filters.Rules).Range!.EndQuarterHour);
    }

    [Theory]
    [InlineData("from=2026-11-01&to=2026-11-03", "2026-11-01T00:00:00+00:00", "2026-11-04T00:00:00+00:00")]
    [InlineData("from=2026-11-01", "2026-11-01T00:00:00+00:00", "2026-11-27T00:00:00+00:00")]
    [InlineData("from=2026-11-26", "2026-11-26T00:00:00+00:00", "2026-11-27T00:00:00+00:00")]
    [InlineData("to=2026-11-03", "2026-10-05T00:00:00+00:00", "2026-11-04T00:00:00+00:00")]
    [InlineData("from=2026-11-01T06:15Z&to=2026-11-01T06:30Z", "2026-11-01T06:15:00+00:00", "2026-11-01T06:30:00+00:00")]
    [InlineData("from=2026-11-01T06:15:00Z", "2026-11-01T06:15:00+00:00", "2026-11-27T00:00:00+00:00")]
    [InlineData("to=2026-11-03T06:30Z", "2026-10-04T06:30:00+00:00", "2026-11-03T06:30:00+00:00")]
    [InlineData("to=2026-11-03T06:30Z&tz=Europe/Berlin", "2026-10-04T07:30:00+02:00", "2026-11-03T07:30:00+01:00")]
    [InlineData("from=2030-01-01&to=2030-01-02", "2030-01-01T00:00:00+00:00", "2030-01-03T00:00:00+00:00")]
    [InlineData("from=1970-01-01&to=1970-01-01", "1970-01-01T00:00:00+00:00", "1970-01-02T00:00:00+00:00")]
    [InlineData("from=1970-01-01&to=1970-01-01&tz=America/New_York", "1970-01-01T00:00:00-05:00", "1970-01-02T00:00:00-05:00")]
    [InlineData("from=9998-12-30&to=9998-12-31", "9998-12-30T00:00:00+00:00", "9999-01-01T00:00:00+00:00")]
    [InlineData("from=9998-12-30&to=9998-12-31&tz=Etc/GMT%2B12", "9998-12-30T00:00:00-12:00", "9999-01-01T00:00:00-12:00")]
    public void Either_end_may_be_left_out(string query, string start, string end)
    {
        var range = Filters.Range(query);

        Assert.Equal((start, end), (Text(range.Start), Text(range.End)));
    }

    [Theory]
    [InlineData("2026-11-01T00:00Z")]
    [InlineData("2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01t00:00:00z")]
    [InlineData("2026-11-01T00:00:00.000Z")]
    [InlineData("2026-11-01T00:00:00,0000000000000Z")]
    [InlineData("2026-11-01T01:00:00%2B01:00")]
    [InlineData("2026-11-01T01:00:00+01:00")]
    [InlineData("2026-11-01T01:00%2B0100")]
    [InlineData("2026-11-01T01:00%2B01")]
    [InlineData("2026-10-31T19:00:00-05:00")]
    [InlineData("2026-11-01T05:45:00%2B05:45")]
    [InlineData("2026-11-01T14:00:00%2B14:00")]
    [InlineData("2026-11-01T00:07:00%2B00:07")]
    public void An_instant_may_be_written_in_many_ways(string from) =>
        Assert.Equal("2026-11-01T00:00:00+00:00", Text(Filters.Range($"from={from}").Start));

    [Theory]
    [InlineData("from=2026-11-25&to=2026-11-26", nameof(Interval.Hour))]
    [InlineData("from=2026-11-24&to=2026-11-26", nameof(Interval.Day))]
    [InlineData("from=2026-11-24T12:00Z&to=2026-11-26T12:00Z", nameof(Interval.Hour))]
    [InlineData("from=2026-11-24T12:00Z&to=2026-11-26T12:15Z", nameof(Interval.Day))]
    [InlineData("from=2026-10-24&to=2026-10-25&tz=Europe/Berlin", nameof(Interval.Hour))]
    [InlineData("from=2026-08-27&to=2026-11-26", nameof(Interval.Day))]
    [InlineData("from=2026-08-26&to=2026-11-26", nameof(Interval.Week))]
    [InlineData("from=2024-11-27&to=2026-11-26", nameof(Interval.Week))]
    [InlineData("from=2024-11-26&to=2026-11-26", nameof(Interval.Month))]
    [InlineData("from=2016-11-19&to=2026-11-26", nameof(Interval.Month))]
    [InlineData("from=2024-11-26&to=2026-11-26&interval=day", nameof(Interval.Day))]
    [InlineData("from=2026-11-26&to=2026-11-26&interval=month", nameof(Interval.Month))]
    public void The_interval_is_chosen_by_the_length_where_none_is_given(string query, string interval) =>
        Assert.Equal(interval, Filters.Read(query).Interval.ToString());

    [Theory]
    [InlineData("from=2026-09-05&to=2026-11-26&interval=hour", null)]
    [InlineData("from=2026-09-04&to=2026-11-26&interval=hour", "interval=day")]
    [InlineData("from=2026-09-04T16:00Z&to=2026-11-27T00:00Z&interval=hour", null)]
    [InlineData("from=2026-09-04T15:45Z&to=2026-11-27T00:00Z&interval=hour", "interval=day")]
    [InlineData("from=2021-06-06&to=2026-11-26&interval=day", null)]
    [InlineData("from=2021-06-05&to=2026-11-26&interval=day", "interval=week")]
    [InlineData("from=2021-06-05&to=2026-11-26&interval=hour", "interval=week")]
    [InlineData("from=2016-11-19&to=2026-11-26&interval=week", null)]
    public void More_than_2000_buckets_are_refused_and_the_interval_named_that_fits(string query, string? fitting)
    {
        if (fitting is null)
        {
            Assert.NotNull(Filters.Read(query));
            return;
        }

        var refusal = Filters.Refused(query);

        Assert.Equal((ParameterCodes.RangeTooLong, "interval"), (refusal.Code, refusal.Field));
        Assert.Contains(fitting, refusal.Message, StringComparison.Ordinal);
        var interval = fitting.Split('=')[1];
        Assert.NotNull(Filters.Read(query.Replace("hour", interval, StringComparison.Ordinal).Replace("=day", $"={interval}", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_interval_without_effect_is_not_too_fine()
    {
        var rules = new FilterRules(DefaultRange.Year, usesInterval: false, usesComparison: false);

        Assert.Equal(Filters.Read("", rules).Key, Filters.Read("interval=hour&compare=year", rules).Key);
        Assert.Equal("interval", Filters.Refused("interval=minute", rules).Field);
        Assert.Equal("compare", Filters.Refused("compare=decade", rules).Field);
    }

    [Theory]
    [InlineData("from=2026-11-02&to=2026-11-08&compare=previous", "2026-10-26", "2026-11-01")]
    [InlineData("from=2026-11-02&to=2026-11-09&compare=previous", "2026-10-19", "2026-10-26")]
    [InlineData("from=2026-11-05&to=2026-11-05&compare=previous", "2026-10-29", "2026-10-29")]
    [InlineData("compare=previous", "2026-09-23", "2026-10-22")]
    [InlineData("from=2026-11-02&to=2026-11-08&compare=year", "2025-11-03", "2025-11-09")]
    [InlineData("from=2025-11-28&to=2026-11-26&compare=year", "2024-11-29", "2025-11-27")]
    [InlineData("from=2025-11-27&to=2026-11-26&compare=year", "2024-11-21", "2025-11-20")]
    [InlineData("from=2026-11-04T12:00Z&to=2026-11-11T12:00Z&compare=previous", "2026-10-28", "2026-11-04")]
    [InlineData("from=2026-11-04T12:00Z&to=2026-11-11T12:15Z&compare=previous", "2026-10-21", "2026-10-28")]
    public void A_comparison_is_whole_weeks_earlier(string query, string firstDay, string lastDay)
    {
        var filter = Filters.Read(query);

        var (range, comparison) = (filter.Range!, filter.Comparison!);
        Assert.Equal((firstDay, lastDay), ($"{comparison.FirstDay:yyyy-MM-dd}", $"{comparison.LastDay:yyyy-MM-dd}"));
        Assert.Equal(range.FirstDay.DayOfWeek, comparison.FirstDay.DayOfWeek);
        Assert.Equal(range.IsWholeDays, comparison.IsWholeDays);
        Assert.True(comparison.EndQuarterHour <= range.FirstQuarterHour);
    }

    [Fact]
    public void Random_comparisons_begin_on_the_same_weekday_at_the_same_time_and_do_not_overlap()
    {
        var random = new Random(5);
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Chatham", "Asia/Kathmandu", "America/Havana", "America/Santiago", "Asia/Beirut"];
        for (var round = 0; round < 500; round++)
        {
            var zone = TimeZones.Find(random.GetItems(zones, 1)[0])!;
            var first = random.Next(1_640_000, 2_000_000);
            var range = TimeRange.Of(zone, first, first + random.Next(1, 800 * 96 / (1 + random.Next(400))));
            var query = $"from={Instant(range.Start)}&to={Instant(range.End)}&tz={zone.Id}&compare={(round % 2 == 0 ? "previous" : "year")}";

            var comparison = Filters.Read(query).Comparison!;

            Assert.True(comparison.EndQuarterHour <= range.FirstQuarterHour, query);
            Assert.True(comparison.EndQuarterHour > comparison.FirstQuarterHour, query);
            var (now, then) = (range.Start.DateTime, comparison.Start.DateTime);
            if (zone.IsInvalidTime(then.AddDays((now - then).Days)) || (now - then).Ticks % TimeSpan.TicksPerDay != 0)
            {
                // Only where that time was left out.
                Assert.True(zone.IsInvalidTime(DateTime.SpecifyKind(now.AddDays(-Math.Ceiling((now - then).TotalDays)), DateTimeKind.Unspecified)), query);
                continue;
            }

            Assert.Equal(0, (now - then).Days % 7);
        }
    }

    [Theory]
    [InlineData("user=bob&user=ann&user=bob&user=Ann", "Ann,ann,bob")]
    [InlineData("user=%C3%A9&user=z&user=%F0%9F%A6%80", "z,\u00e9,\ud83e\udd80")]
    [InlineData("user=a,b&user=a%26b", "a&b,a,b")]
    [InlineData("user=%20ann", " ann")]
    [InlineData("USER=ann", "ann")]
    public void Values_of_a_list_are_distinct_exact_and_in_ordinal_order(string query, string users) =>
        Assert.Equal(users, string.Join(',', Filters.Read(query).Users));

    [Fact]
    public void Lists_that_are_not_given_are_empty()
    {
        var filter = Filters.Read("");

        Assert.Empty(filter.Users);
        Assert.Empty(filter.Teams);
        Assert.Empty(filter.Types);
    }

    [Theory]
    [InlineData("team=", ",")]
    [InlineData("team", ",")]
    [InlineData("team=red&team=", ",red,")]
    public void An_empty_team_stands_for_people_in_none(string query, string teams) =>
        Assert.Equal(teams, string.Concat(Filters.Read(query).Teams.Select(team => $"{team},")));

    [Fact]
    public void A_thousand_values_are_answered()
    {
        var query = string.Join('&', Enumerable.Range(0, 1_000).Select(index => $"user=person-{index}&type=type-{index}"));

        Assert.Equal((1_000, 1_000), (Filters.Read(query).Users.Count, Filters.Read(query).Types.Count));
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private sealed class MovingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
