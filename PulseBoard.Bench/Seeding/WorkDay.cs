namespace PulseBoard.Bench.Seeding;

/// <summary>One day of one person, as it fills with events.</summary>
/// <param name="person">Who works.</param>
/// <param name="date">The local day.</param>
/// <param name="budget">How many events there are to be.</param>
/// <param name="until">The end of the history, in UTC, which may come amid the day.</param>
/// <param name="random">Chance of this day.</param>
internal sealed class WorkDay(Person person, DateOnly date, int budget, DateTime until, SeedRandom random)
{
    public Person Person => person;

    public SeedRandom Random => random;

    /// <summary>How many events are to come.</summary>
    public int Left { get; private set; } = budget;

    /// <summary>Midnight, in UTC.</summary>
    public DateTime Start { get; } = DateTime.SpecifyKind(date.ToDateTime(default) - person.Office.OffsetOn(date), DateTimeKind.Utc);

    /// <summary>The next midnight, in UTC.</summary>
    public DateTime End => Start.AddDays(1);

    /// <summary>Takes one event from those to come.</summary>
    public void Spend() => Left--;

    /// <summary>When something happens that may happen at any time of work, in UTC.</summary>
    /// <param name="latest">The share of the day's work by which it happens.</param>
    public DateTime AnyTime(double latest = 1) => At(person.Rhythm.TimeOf(random.NextDouble() * latest * Done));

    /// <summary>When something happens that is agreed upon: by the half hour, or shortly after.</summary>
    public DateTime AgreedTime()
    {
        const double HalfHour = 1_800;
        const double Delay = 240;

        var seconds = person.Rhythm.TimeOf(random.NextDouble() * Done);
        var agreed = At((Math.Floor(seconds / HalfHour) * HalfHour) + random.Between(0, Delay));
        return agreed <= until ? agreed : At(seconds);
    }

    /// <summary>When work that is due is finished: as it is due where the person is there, or else at any time of this day.</summary>
    public DateTime FinishTime(OpenWork work)
    {
        const double LongestMinutes = 150;
        const double ShortestMinutes = 8;

        var time = person.Rhythm.IsBusy((work.Due - Start).TotalSeconds) ? work.Due : AnyTime();
        return time > work.Created ? time : work.Created.AddMinutes(random.Between(ShortestMinutes, LongestMinutes));
    }

    // The part of the day that lies within the history.
    private double Done => person.Rhythm.DoneBefore((until - Start).TotalSeconds);

    private DateTime At(double seconds) => Start.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
