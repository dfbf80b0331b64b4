using System.Globalization;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class TimeBucketsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Buckets_are_what_a_plain_computation_of_each_quarter_hour_says(int seed)
    {
        var random = new Random(seed);
        var zones = ZoneFile.All().ToArray();
        for (var round = 0; round < 50; round++)
        {
            var file = random.GetItems(zones, 1)[0];
            var zone = TimeZones.Find(file.Id)!;
            var changes = file.Changes.Where(change => change.At is > 10_000_000 and < 2_100_000_000).ToArray();
            var around = changes.Length > 0 && round % 4 != 0 ? random.GetItems(changes, 1)[0].At : random.NextInt64(10_000_000, 2_100_000_000);
            var length = random.Next(3) switch { 0 => random.Next(1, 40), 1 => random.Next(1, 20 * 96), _ => random.Next(1, 75 * 96) };
            var first = Math.Max(0, (int)(around / 900) - random.Next(0, length + 10));
            if (IsUnaligned(file, first, first + length))
            {
                Assert.Throws<PulseBoard.Dashboard.Answers.ParameterException>(() => TimeRange.Of(zone, first, first + length));
                continue;
            }

            var range = TimeRange.Of(zone, first, first + length);
            var locals = Enumerable.Range(first, length).Select(quarterHour => PlainTime.Local(zone, quarterHour)).ToArray();
            foreach (var interval in Enum.GetValues<Interval>())
            {
                Compare(file, range, locals, interval);
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25", nameof(Interval.Hour), 25)]
    [InlineData("Europe/Berlin", "2026-03-29", nameof(Interval.Hour), 23)]
    [InlineData("Asia/Kathmandu", "2026-06-01", nameof(Interval.Hour), 24)]
    [InlineData("Asia/Kathmandu", "1986-01-01", nameof(Interval.Hour), 24)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", nameof(Interval.Hour), 25)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", nameof(Interval.Hour), 24)]
    [InlineData("Pacific/Chatham", "2026-04-05", nameof(Interval.Hour), 26)]
    [InlineData("America/Sao_Paulo", "2017-10-15", nameof(Interval.Hour), 23)]
    [InlineData("America/Sao_Paulo", "2017-10-15", nameof(Interval.Day), 1)]
    public void A_day_has_as_many_buckets_as_its_clock_shows(string zone, string day, string interval, int count)
    {
        var range = Filters.Days(zone, day, day);

        Assert.Equal(count, TimeBuckets.Of(range, Enum.Parse<Interval>(interval)).Count);
    }

    [Fact]
    public void An_hour_that_comes_twice_is_two_buckets_that_the_offset_tells_apart()
    {
        var buckets = TimeBuckets.Of(Filters.Range("from=2026-10-24T23:00Z&to=2026-10-25T03:00Z&tz=Europe/Berlin"), Interval.Hour);

        Assert.Equal(["01:00 +02:00", "02:00 +02:00", "02:00 +01:00", "03:00 +01:00"], Times(buckets));
    }

    [Fact]
    public void Half_an_hour_that_comes_twice_is_a_bucket_of_its_own()
    {
        var buckets = TimeBuckets.Of(Filters.Range("from=2026-04-04T14:00Z&to=2026-04-04T16:30Z&tz=Australia/Lord_Howe"), Interval.Hour);

        Assert.Equal(["01:00 +11:00", "01:30 +10:30", "02:00 +10:30"], Times(buckets));
        Assert.Equal([0, 0, 0, 0, 1, 1, 2, 2, 2, 2], buckets.ByQuarterHour);
        Assert.Empty(buckets.ByDay);
    }

    [Fact]
    public void Hours_of_a_zone_with_quarter_hours_begin_at_its_own_full_hours()
    {
        var buckets = TimeBuckets.Of(Filters.Range("from=2026-06-01T00:00Z&to=2026-06-01T02:00Z&tz=Asia/Kathmandu"), Interval.Hour);

        Assert.Equal(["05:45 +05:45", "06:00 +05:45", "07:00 +05:45"], Times(buckets));
        Assert.Equal([0, 1, 1, 1, 1, 2, 2, 2], buckets.ByQuarterHour);
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_the_first_with_the_range()
    {
        // A Wednesday until the Tuesday after next.
        var buckets = TimeBuckets.Of(Filters.Days("Europe/Berlin", "2026-10-21", "2026-11-03"), Interval.Week);

        Assert.Equal(["2026-10-21 +02:00", "2026-10-26 +01:00", "2026-11-02 +01:00"], Dates(buckets));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2], buckets.ByDay);
    }

    [Fact]
    public void Months_begin_on_their_first_and_the_first_with_the_range()
    {
        var buckets = TimeBuckets.Of(Filters.Days("America/New_York", "2027-12-31", "2028-03-01"), Interval.Month);

        Assert.Equal(["2027-12-31 -05:00", "2028-01-01 -05:00", "2028-02-01 -05:00", "2028-03-01 -05:00"], Dates(buckets));
        Assert.Equal([1, 31, 29, 1], buckets.ByDay.CountBy(bucket => bucket).OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact]
    public void Weeks_and_years_turn_apart()
    {
        var buckets = TimeBuckets.Of(Filters.Days("UTC", "2026-12-28", "2027-01-04"), Interval.Week);

        Assert.Equal(["2026-12-28 +00:00", "2027-01-04 +00:00"], Dates(buckets));
    }

    [Fact]
    public void A_day_that_was_left_out_has_no_bucket()
    {
        var buckets = TimeBuckets.Of(Filters.Days("Pacific/Apia", "2011-12-28", "2012-01-01"), Interval.Day);

        Assert.Equal(["2011-12-28 -10:00", "2011-12-29 -10:00", "2011-12-31 +14:00", "2012-01-01 +14:00"], Dates(buckets));
        Assert.Equal([0, 1, 1, 2, 3], buckets.ByDay);
    }

    [Fact]
    public void Instants_cut_off_the_first_and_last_bucket()
    {
        var buckets = TimeBuckets.Of(Filters.Range("from=2026-11-01T22:30Z&to=2026-11-03T01:00Z"), Interval.Day);

        Assert.Equal(["22:30 +00:00", "00:00 +00:00", "00:00 +00:00"], Times(buckets));
        Assert.Equal(6, buckets.ByQuarterHour.Count(bucket => bucket == 0));
        Assert.Equal(4, buckets.ByQuarterHour.Count(bucket => bucket == 2));
    }

    private static void Compare(ZoneFile file, TimeRange range, DateTimeOffset[] locals, Interval interval)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{file.Id} {range.FirstQuarterHour}..{range.EndQuarterHour} {interval}");
        var buckets = TimeBuckets.Of(range, interval);
        var weekHours = WeekHours.ByQuarterHour(range);
        Assert.Equal(locals.Length, buckets.ByQuarterHour.Length);
        var names = new List<(int Bucket, TimeSpan Offset)>();
        var starts = new List<DateTimeOffset>();
        var day = range.FirstDay;
        for (var index = 0; index < locals.Length; index++)
        {
            var local = locals[index];
            var date = PlainTime.Date(local);
            day = date > day ? date : day;
            var name = PlainTime.Name(local, interval == Interval.Hour ? date : day, interval);
            if (names.Count == 0 || names[^1] != name)
            {
                names.Add(name);
                starts.Add(local);
            }

            if (names.Count - 1 != buckets.ByQuarterHour[index]
                || weekHours[index] != (((int)local.DayOfWeek + 6) % 7 * 24) + local.Hour
                || (interval != Interval.Hour && names.Count - 1 != buckets.ByDay[day.DayNumber - range.FirstDay.DayNumber]))
            {
                Assert.Fail($"{what}: {local:O}");
            }
        }

        Assert.True(starts.SequenceEqual(buckets.Starts), what);
        Assert.True(starts.Select(start => start.Offset).SequenceEqual(buckets.Starts.Select(start => start.Offset)), what);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(starts.Count, buckets.Count);
        Assert.Equal(range.LastDay, day);
        if (interval == Interval.Hour)
        {
            Assert.Equal(buckets.Count, TimeBuckets.CountHours(range));
        }
        else
        {
            Assert.Equal(range.LastDay.DayNumber - range.FirstDay.DayNumber + 1, buckets.ByDay.Length);
        }
    }

    private static bool IsUnaligned(ZoneFile file, int first, int end)
    {
        return file.OffsetAt(first * 900L) % 900 != 0
            || file.Changes.Any(change => change.At > first * 900L && change.At <= end * 900L && change.At % 900 != 0)
            || file.Changes.Any(change => change.At > first * 900L && change.At < end * 900L && change.Offset % 900 != 0);
    }

    private static string[] Times(TimeBuckets buckets) => [.. buckets.Starts.Select(start => start.ToString("HH:mm zzz", CultureInfo.InvariantCulture))];

    private static string[] Dates(TimeBuckets buckets) => [.. buckets.Starts.Select(start => start.ToString("yyyy-MM-dd zzz", CultureInfo.InvariantCulture))];
}
