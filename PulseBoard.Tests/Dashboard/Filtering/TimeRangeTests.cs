using System.Globalization;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class TimeRangeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 23 * 4)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25 * 4)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", 25 * 4)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30", (24 * 4) + 2)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "2026-10-04T00:00:00+10:30", "2026-10-05T00:00:00+11:00", (24 * 4) - 2)]
    [InlineData("America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00:00-02:00", "2017-10-16T00:00:00-02:00", 23 * 4)]
    [InlineData("America/Sao_Paulo", "2017-02-18", "2017-02-18T00:00:00-02:00", "2017-02-19T00:00:00-03:00", 25 * 4)]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00", 23 * 4)]
    [InlineData("Africa/Cairo", "2026-10-29", "2026-10-29T00:00:00+03:00", "2026-10-30T00:00:00+02:00", 25 * 4)]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", 25 * 4)]
    [InlineData("Asia/Kathmandu", "2026-06-01", "2026-06-01T00:00:00+05:45", "2026-06-02T00:00:00+05:45", 24 * 4)]
    [InlineData("Asia/Kathmandu", "1986-01-01", "1986-01-01T00:15:00+05:45", "1986-01-02T00:00:00+05:45", (24 * 4) - 1)]
    [InlineData("Asia/Kolkata", "2026-06-01", "2026-06-01T00:00:00+05:30", "2026-06-02T00:00:00+05:30", 24 * 4)]
    [InlineData("Pacific/Chatham", "2026-04-05", "2026-04-05T00:00:00+13:45", "2026-04-06T00:00:00+12:45", 25 * 4)]
    [InlineData("America/St_Johns", "2026-03-08", "2026-03-08T00:00:00-03:30", "2026-03-09T00:00:00-02:30", 23 * 4)]
    [InlineData("Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", 24 * 4)]
    [InlineData("Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00", "2012-01-01T00:00:00+14:00", 24 * 4)]
    public void A_day_begins_and_ends_by_the_local_clock(string zone, string day, string start, string end, int quarterHours)
    {
        var range = Filters.Days(zone, day, day);

        Assert.Equal((start, end), (Text(range.Start), Text(range.End)));
        Assert.Equal(quarterHours, range.EndQuarterHour - range.FirstQuarterHour);
        Assert.Equal(range.Start, QuarterHour.Start(range.FirstQuarterHour));
        Assert.True(range.IsWholeDays);
        Assert.Equal((Day(day), Day(day), 1), (range.FirstDay, range.LastDay, range.LengthInDays));
    }

    [Fact]
    public void Random_days_in_random_zones_begin_where_a_plain_search_says()
    {
        var random = new Random(20261126);
        var zones = ZoneFile.All().ToArray();
        for (var round = 0; round < 400; round++)
        {
            var file = random.GetItems(zones, 1)[0];
            var zone = TimeZones.Find(file.Id)!;

            // Around a change, more often than not.
            var changes = file.Changes.Where(change => change.At is > 1_350_000_000 and < 2_100_000_000).ToArray();
            var seconds = changes.Length > 0 && round % 4 != 0 ? random.GetItems(changes, 1)[0].At : random.NextInt64(1_350_000_000, 2_100_000_000);
            var first = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime).AddDays(random.Next(-3, 3));
            var last = first.AddDays(random.Next(0, 5));
            var (start, end) = (PlainTime.StartOf(zone, first), PlainTime.StartOf(zone, last.AddDays(1)));
            if (file.Id == "Antarctica/Casey" || start == end)
            {
                continue;
            }

            var range = Filters.Days(Uri.EscapeDataString(file.Id), Text(first), Text(last));

            Assert.True((start, end) == (range.FirstQuarterHour, range.EndQuarterHour), $"{file.Id} {first:O} to {last:O}");
            Assert.True(range.IsWholeDays);
            Assert.Equal(PlainTime.Local(zone, start), range.Start);
            Assert.Equal(PlainTime.Local(zone, start).Offset, range.Start.Offset);
            Assert.Equal(PlainTime.Local(zone, end).Offset, range.End.Offset);
            Assert.Equal(PlainTime.Date(PlainTime.Local(zone, start)), range.FirstDay);
            Assert.Equal(PlainTime.Date(PlainTime.Local(zone, end - 1)), range.LastDay);
        }
    }

    [Fact]
    public void A_day_that_was_left_out_is_refused_alone_and_passed_over_within_others()
    {
        Assert.Equal("from", Filters.Refused("from=2011-12-30&to=2011-12-30&tz=Pacific/Apia").Field);

        var range = Filters.Days("Pacific/Apia", "2011-12-29", "2011-12-31");

        Assert.Equal(48 * 4, range.EndQuarterHour - range.FirstQuarterHour);
        Assert.Equal([range.FirstQuarterHour, range.FirstQuarterHour + 96, range.FirstQuarterHour + 96, range.EndQuarterHour], range.DayStarts());
        Assert.Equal(3, range.LengthInDays);
    }

    [Theory]
    [InlineData("2026-11-01T00:00Z", "2026-11-02T00:00Z", true, 1)]
    [InlineData("2026-11-01T00:00Z", "2026-11-02T00:15Z", false, 2)]
    [InlineData("2026-11-01T12:00Z", "2026-11-02T12:00Z", false, 1)]
    [InlineData("2026-11-01T23:45Z", "2026-11-02T00:15Z", false, 1)]
    [InlineData("2026-11-01T00:00Z", "2026-11-08T00:00Z", true, 7)]
    public void Instants_are_whole_days_where_local_days_begin(string from, string to, bool isWholeDays, int length)
    {
        var range = Filters.Range($"from={from}&to={to}");

        Assert.Equal((isWholeDays, length), (range.IsWholeDays, range.LengthInDays));
    }

    [Fact]
    public void Days_that_a_range_of_instants_touches_are_local()
    {
        var range = Filters.Range("from=2026-11-01T10:00Z&to=2026-11-02T11:15Z&tz=Pacific/Kiritimati");

        Assert.Equal((new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 3)), (range.FirstDay, range.LastDay));
        Assert.Equal("2026-11-02T00:00:00+14:00", Text(range.Start));
        Assert.Equal("2026-11-03T01:15:00+14:00", Text(range.End));
    }

    [Theory]
    // Summer time began in between: the local times are the same, not the distance.
    [InlineData("Europe/Berlin", "2026-04-01", "2026-04-01", 7, "2026-03-25T00:00:00+01:00", "2026-03-26T00:00:00+01:00")]
    [InlineData("Europe/Berlin", "2026-04-05", "2026-04-05", 7, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00")]
    [InlineData("Europe/Berlin", "2026-04-05T09:00%2B02:00", "2026-04-05T10:00%2B02:00", 7, "2026-03-29T09:00:00+02:00", "2026-03-29T10:00:00+02:00")]
    [InlineData("Europe/Berlin", "2026-03-30T09:00%2B02:00", "2026-03-30T10:00%2B02:00", 7, "2026-03-23T09:00:00+01:00", "2026-03-23T10:00:00+01:00")]
    // Into the hour that was left out, and the one that there were two of.
    [InlineData("Europe/Berlin", "2026-04-05T02:30%2B02:00", "2026-04-05T04:00%2B02:00", 7, "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00")]
    [InlineData("Europe/Berlin", "2026-04-05T02:15%2B02:00", "2026-04-05T02:45%2B02:00", 7, "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00")]
    [InlineData("Europe/Berlin", "2026-11-01T02:30%2B01:00", "2026-11-01T04:00%2B01:00", 7, "2026-10-25T02:30:00+02:00", "2026-10-25T04:00:00+01:00")]
    // Until midnight, where it was left out or came twice.
    [InlineData("America/Sao_Paulo", "2017-10-22", "2017-10-22", 7, "2017-10-15T01:00:00-02:00", "2017-10-16T00:00:00-02:00")]
    [InlineData("America/Sao_Paulo", "2017-02-25", "2017-02-25", 7, "2017-02-18T00:00:00-02:00", "2017-02-19T00:00:00-03:00")]
    [InlineData("Asia/Kolkata", "2026-11-02", "2026-11-08", 364, "2025-11-03T00:00:00+05:30", "2025-11-10T00:00:00+05:30")]
    public void Some_days_back_it_is_the_same_local_time(string zone, string from, string to, int days, string start, string end)
    {
        var range = Filters.Range($"from={from}&to={to}&tz={zone}").ShiftedBackBy(days);

        Assert.Equal((start, end), (Text(range.Start), Text(range.End)));
        Assert.Same(TimeZones.Find(zone), range.Zone);
    }

    [Theory]
    [InlineData("UTC", "Etc/UTC", "2026-01-01", "2026-12-31", true)]
    [InlineData("Europe/Berlin", "Europe/Paris", "2026-01-01", "2026-12-31", true)]
    [InlineData("Europe/Berlin", "Europe/London", "2026-01-01", "2026-12-31", false)]
    [InlineData("Africa/Abidjan", "Europe/London", "2026-01-05", "2026-01-07", true)]
    [InlineData("Africa/Abidjan", "Europe/London", "2026-03-01", "2026-03-29", false)]
    [InlineData("Africa/Abidjan", "Europe/London", "2026-03-01", "2026-03-27", true)]
    public void Zones_are_the_same_where_their_clocks_show_the_same(string zone, string other, string first, string last, bool same)
    {
        var range = Filters.Days(zone, first, last);

        Assert.Equal(same, range.SameRules(TimeZones.Find(other)!));
        Assert.Equal(same, range.SameRules(TimeZones.Find(other)!));
        Assert.True(range.SameRules(range.Zone));
    }

    [Theory]
    [InlineData("Africa/Monrovia", "1971-06-01", "1971-06-02")]
    [InlineData("Africa/Monrovia", "1972-01-01", "1972-02-01")]
    [InlineData("America/St_Johns", "2010-11-01", "2010-11-30")]
    public void Days_that_are_not_made_of_quarter_hours_are_refused(string zone, string first, string last)
    {
        var refusal = Filters.Refused($"from={first}&to={last}&tz={zone}");

        Assert.Equal((ParameterCodes.Invalid, "tz"), (refusal.Code, refusal.Field));
        Assert.Contains(first[..7] is "2010-11" ? "2010-11-07" : first[..4], refusal.Message, StringComparison.Ordinal);
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
