using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class LocalClockTests
{
    private static readonly int Last = QuarterHour.Of(new DateOnly(2037, 6, 1));

    [Fact]
    public void Every_zone_shows_what_the_database_says_from_1970_on()
    {
        var zones = ZoneFile.All().DistinctBy(file => file.Content).ToList();
        Assert.True(zones.Count > 200, $"The database has {zones.Count} zones.");

        Assert.All(zones, file =>
        {
            var changes = file.Changes.Where(change => change.At > 0 && change.At < (long)Last * QuarterHour.Seconds).ToList();
            var unaligned = changes
                .Where(change => change.At % QuarterHour.Seconds != 0 || change.Offset % QuarterHour.Seconds != 0)
                .Select(change => (int?)(change.At / QuarterHour.Seconds))
                .FirstOrDefault();

            var clock = LocalClock.Of(TimeZones.Find(file.Id)!, 0, Last);

            // From the first quarter hour that begins with the new offset, where a clock was changed in the middle of one.
            Assert.Equal(
                changes.Select(change => ((int)((change.At + QuarterHour.Seconds - 1) / QuarterHour.Seconds), change.Offset / QuarterHour.Seconds)),
                Enumerable.Range(1, clock.Stretches - 1).Select(clock.Stretch).Select(stretch => (stretch.First, stretch.Offset)));
            Assert.Equal(file.OffsetAt(0) % QuarterHour.Seconds == 0 ? unaligned : 0, clock.Unaligned);
        });
    }

    [Fact]
    public void A_change_within_the_last_quarter_hour_is_noticed()
    {
        // 2010-11-07T02:31Z in St. John's.
        var quarterHour = QuarterHour.Of(new DateTimeOffset(2010, 11, 7, 2, 30, 0, TimeSpan.Zero));
        var zone = TimeZones.Find("America/St_Johns")!;

        Assert.Equal(quarterHour, LocalClock.Of(zone, quarterHour - 4, quarterHour + 1).Unaligned);
        Assert.Null(LocalClock.Of(zone, quarterHour - 4, quarterHour).Unaligned);
        Assert.Null(LocalClock.Of(zone, quarterHour + 1, quarterHour + 4).Unaligned);
    }

    [Fact]
    public void Where_a_clock_went_back_over_midnight_the_day_that_had_begun_goes_on()
    {
        // The only time it happened at a whole quarter hour: Casey went from 02:00 on March 5 to 23:00 on March 4.
        var zone = TimeZones.Find("Antarctica/Casey")!;
        var change = QuarterHour.Of(new DateTimeOffset(2010, 3, 4, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateOnly(2010, 3, 4), PlainTime.Date(PlainTime.Local(zone, change)));
        Assert.Equal(new DateOnly(2010, 3, 5), LocalClock.DayOf(zone, change));
        Assert.Equal(new DateOnly(2010, 3, 5), LocalClock.DayOf(zone, change - 8));
        Assert.Equal(new DateOnly(2010, 3, 4), LocalClock.DayOf(zone, change - 9));
    }
}
