using System.Buffers.Binary;

namespace PulseBoard.Bench.Seeding;

/// <summary>
/// What a company did, event by event: made day by day, so that a history of any length needs no more memory than a day, what is
/// late, and what is not finished.
/// </summary>
internal sealed class ActivityHistory
{
    /// <summary>One of so many events is late.</summary>
    public const int OnTimeForEachLate = 100;

    /// <summary>One of so many tasks is said to be completed before it was created, by a clock that is wrong.</summary>
    public const int RightForEachWrongClock = 500;

    // No office is further ahead of UTC.
    private static readonly TimeSpan FurthestEast = TimeSpan.FromHours(14);

    private readonly Company _company;
    private readonly WorkBudget _budget;
    private readonly DateTime _until;
    private readonly double _taskShare;
    private readonly Payloads[] _payloads;
    private readonly List<OpenWork>[] _open;
    private readonly ReceiptOrder _order = new();

    private ActivityHistory(Company company)
    {
        const double TasksPerDay = 4;
        const double UsualEventsPerDay = 100;
        const double MostTasks = 0.15;

        _company = company;
        _budget = new(company);
        _until = company.Plan.Until.UtcDateTime;
        _payloads = [.. company.Teams.Select(team => new Payloads(team, company.Plan.Seed))];
        _open = [.. company.People.Select(_ => new List<OpenWork>())];

        // A small history has fewer events a day, and not as much fewer tasks.
        _taskShare = Math.Min(MostTasks, TasksPerDay * Math.Sqrt(_budget.EventsPerDay / UsualEventsPerDay) / _budget.EventsPerDay);
    }

    /// <summary>The events, as many as the plan says, in the order in which they were received.</summary>
    public static IEnumerable<SeedEvent> Of(Company company) => new ActivityHistory(company).Events();

    private IEnumerable<SeedEvent> Events()
    {
        var today = _company.Plan.FirstDay;
        foreach (var (person, date) in WorkBudget.Days(_company))
        {
            if (date != today)
            {
                today = date;
                foreach (var seedEvent in _order.Release(DateTime.SpecifyKind(today.ToDateTime(default), DateTimeKind.Utc) - FurthestEast))
                {
                    yield return seedEvent;
                }
            }

            Live(person, date);
        }

        foreach (var seedEvent in _order.Release(DateTime.MaxValue))
        {
            yield return seedEvent;
        }
    }

    private void Live(Person person, DateOnly date)
    {
        var random = new SeedRandom(_company.Plan.Seed, (int)SeedPurpose.Acts, person.Number, date.DayNumber);
        var day = new WorkDay(person, date, _budget.Next(person, date), _until, random);
        if (day.Left > 0)
        {
            FinishWork(day);
            BeginWork(day);
            LogIn(day);
            while (day.Left > 0)
            {
                var type = person.Role.Next(random);
                var time = type == EventType.MeetingAttended ? day.AgreedTime() : day.AnyTime();
                Add(day, type, time, _payloads[person.Team.Number].Of(type, random));
            }
        }
        else if (date > person.Left)
        {
            HandOver(person, date, random);
        }
    }

    // What was begun before this day, the oldest first, and what others began for this person. Who has much else to do leaves some
    // of it for the next day.
    private void FinishWork(WorkDay day)
    {
        const double Reopened = 0.005;

        var open = _open[day.Person.Number];
        var (most, count, kept) = ((day.Left + 1) / 2, open.Count, 0);
        for (var place = 0; place < count; place++)
        {
            var work = open[place];
            if (most > 0 && work.Due < day.End && TryFinish(day, work))
            {
                most--;
                if (!work.Again && day.Random.Chance(Reopened))
                {
                    open.Add(work with { Created = work.Due, Due = work.Due.AddDays(1), Again = true });
                }
            }
            else
            {
                open[kept++] = work;
            }
        }

        open.RemoveRange(kept, count - kept);
    }

    private bool TryFinish(WorkDay day, OpenWork work)
    {
        const double ShortestMinutes = 5;
        const double LongestMinutes = 120;

        var time = day.FinishTime(work);
        if (time > _until)
        {
            return false;
        }

        var saidToBe = work is { Ends: EventType.TaskCompleted, Again: false } && day.Random.Next(RightForEachWrongClock) == 0
            ? work.Created.AddMinutes(-day.Random.Between(ShortestMinutes, LongestMinutes))
            : time;
        Add(day, work.Ends, saidToBe, work.Data, time);
        return true;
    }

    private void BeginWork(WorkDay day)
    {
        const double NeverCompleted = 0.06;
        const double TakesLong = 0.02;
        const double LongFactor = 8;
        const double IncidentHours = 1.5;

        var (team, random) = (day.Person.Team, day.Random);
        for (var tasks = Math.Min(random.Around(day.Left * _taskShare * day.Person.Role.Tasks), day.Left); tasks > 0 && day.Left > 0; tasks--)
        {
            var task = _payloads[team.Number].NextTask();
            var created = day.AnyTime();
            Add(day, EventType.TaskCreated, created, task);
            if (!random.Chance(NeverCompleted))
            {
                var cycleTime = random.LogNormal(team.CycleTime.TotalHours, 0.9) * (random.Chance(TakesLong) ? LongFactor : 1);
                Assign(day, new(EventType.TaskCompleted, task, created, created.AddHours(cycleTime)));
            }
        }

        for (var incidents = random.Around(day.Left * day.Person.Role.Incidents); incidents > 0; incidents--)
        {
            var incident = _payloads[team.Number].NextIncident();
            var opened = day.AnyTime();
            Add(day, EventType.IncidentOpened, opened, incident);
            Assign(day, new(EventType.IncidentResolved, incident, opened, opened.AddHours(random.LogNormal(IncidentHours, 1))));
        }
    }

    // Most finish what they began; it is finished at once where it takes no longer than this day.
    private void Assign(WorkDay day, OpenWork work)
    {
        const double ByAnother = 0.15;

        var person = day.Person;
        var assignee = day.Random.Chance(ByAnother) ? day.Random.OneOf(person.Team.Members) : person;
        if (assignee != person || day.Left == 0 || work.Due >= day.End || !person.Rhythm.IsBusy((work.Due - day.Start).TotalSeconds) || !TryFinish(day, work))
        {
            _open[assignee.Number].Add(work);
        }
    }

    private void LogIn(WorkDay day)
    {
        const double Logins = 1.3;
        const double FirstThing = 0.02;

        if (day.Left > 0)
        {
            Add(day, EventType.Login, day.AnyTime(FirstThing));
        }

        if (day.Left > 0 && day.Random.Chance(Logins - 1))
        {
            Add(day, EventType.Login, day.AnyTime());
        }
    }

    // What somebody leaves behind, a colleague finishes.
    private void HandOver(Person person, DateOnly date, SeedRandom random)
    {
        var open = _open[person.Number];
        if (open.Count > 0)
        {
            var colleagues = person.Team.Members.FindAll(colleague => date <= colleague.Left);
            if (colleagues.Count > 0)
            {
                _open[random.OneOf(colleagues).Number].AddRange(open);
            }

            open.Clear();
        }
    }

    // Time is what the client says; happened is when it was, in truth.
    private void Add(WorkDay day, EventType type, DateTime time, string? data = null, DateTime? happened = null)
    {
        var random = day.Random;
        time = new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        var received = Receive(happened ?? time, random);
        _order.Add(new(NewId(time, random), type, day.Person, time, received, data));
        day.Spend();
    }

    // Most at once; some when a client is back from a journey, or a queue from an outage.
    private DateTime Receive(DateTime happened, SeedRandom random)
    {
        const double UsualMilliseconds = 120;
        const double LateHours = 6;
        const double MostHours = 240;

        var late = random.Next(OnTimeForEachLate) == 0
            ? TimeSpan.FromHours(Math.Min(random.LogNormal(LateHours, 1.2), MostHours))
            : TimeSpan.Zero;
        var onTime = happened.AddMilliseconds(random.LogNormal(UsualMilliseconds, 0.7));
        var received = onTime + late <= _until ? onTime + late : onTime < _until ? onTime : _until;
        return new(received.Ticks - (received.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    private static Guid NewId(DateTime time, SeedRandom random)
    {
        // RFC 9562: 48 bits of milliseconds, the version, 12 bits of chance, the variant, 62 bits of chance.
        const ulong Variant = 0x8000_0000_0000_0000;
        const ulong BelowVariant = 0x3FFF_FFFF_FFFF_FFFF;

        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = (ulong)((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (random.NextBits() & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | (random.NextBits() & BelowVariant));
        return new(bytes, bigEndian: true);
    }
}
