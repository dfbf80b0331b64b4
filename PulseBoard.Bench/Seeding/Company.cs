using System.Globalization;

namespace PulseBoard.Bench.Seeding;

/// <summary>Who is there to act: teams in their offices, and people with habits.</summary>
internal sealed class Company
{
    private const double Newcomers = 0.15;
    private const double Leavers = 0.06;
    private const double PartTimers = 0.1;
    private const double Elsewhere = 0.06;

    private Company(SeedPlan plan, IReadOnlyList<Team> teams, IReadOnlyList<Person> people) => (Plan, Teams, People) = (plan, teams, people);

    public SeedPlan Plan { get; }

    public IReadOnlyList<Team> Teams { get; }

    public IReadOnlyList<Person> People { get; }

    /// <summary>Founds it: the same one for the same plan.</summary>
    public static Company Create(SeedPlan plan)
    {
        var random = new SeedRandom(plan.Seed, (int)SeedPurpose.Teams);
        var teams = new List<Team>(plan.Teams);
        for (var number = 0; number < plan.Teams; number++)
        {
            teams.Add(CreateTeam(number, teams, random));
        }

        // Teams are of different sizes, and each has somebody.
        var weights = new double[teams.Count];
        var sum = 0.0;
        for (var number = 0; number < teams.Count; number++)
        {
            weights[number] = sum += random.Between(0.5, 1.6);
        }

        var people = new List<Person>(plan.People);
        for (var number = 0; number < plan.People; number++)
        {
            var team = teams[number < teams.Count ? number : random.Weighted(weights)];
            var person = CreatePerson(plan, number, team);
            team.Members.Add(person);
            people.Add(person);
        }

        return new(plan, teams, people);
    }

    private static Team CreateTeam(int number, List<Team> others, SeedRandom random)
    {
        const int Letters = 4;
        const double ShortestHours = 4;
        const double LongestHours = 110;

        var name = Names.Team(number);
        var prefix = string.Concat(name.Where(char.IsAsciiLetter).Take(Letters)).ToUpperInvariant();
        return new(
            number,
            name,
            Office.All[number % Office.All.Count],
            others.Exists(other => other.Prefix == prefix) ? prefix + number.ToString(CultureInfo.InvariantCulture) : prefix,
            TimeSpan.FromHours(ShortestHours * Math.Pow(LongestHours / ShortestHours, random.NextDouble())));
    }

    private static Person CreatePerson(SeedPlan plan, int number, Team team)
    {
        var random = new SeedRandom(plan.Seed, (int)SeedPurpose.People, number);
        var name = Names.Person(plan.Seed, number);
        var manages = team.Members.Count == 0;
        var role = team.RoleAt(team.Members.Count, random);

        // Nobody comes or leaves in the first days or the last ones, so that both are seen to have been there and not.
        var joined = !manages && random.Chance(Newcomers) ? DayWithin(0.1, 0.9) : DateOnly.MinValue;
        var left = !manages && random.Chance(Leavers) ? DayWithin(0.3, 0.95) : DateOnly.MaxValue;
        return new()
        {
            Number = number,
            User = $"{Names.Plain(name, '.')}@example.com",
            DisplayName = name,
            Team = team,
            Listing = manages ? Listing.Member : CreateListing(random),
            Role = role,
            Office = random.Chance(Elsewhere) ? random.OneOf(Office.All) : team.Office,
            Rhythm = CreateRhythm(random),
            Pace = role.Pace * random.LogNormal(1, 0.35),
            Joined = joined,
            Left = left > joined ? left : DateOnly.MaxValue,
            DaysOff = random.Chance(PartTimers) ? CreateDaysOff(random) : [],
            WeekendChance = CreateWeekendChance(role, random),
            Vacations = CreateVacations(plan, random),
        };

        DateOnly DayWithin(double from, double to) => plan.FirstDay.AddDays((int)(plan.Days * random.Between(from, to)));
    }

    private static Listing CreateListing(SeedRandom random)
    {
        const double Unlisted = 0.02;
        const double InNoTeam = 0.03;

        var chance = random.NextDouble();
        return chance < Unlisted ? Listing.Unknown : chance < Unlisted + InNoTeam ? Listing.NoTeam : Listing.Member;
    }

    private static Rhythm CreateRhythm(SeedRandom random)
    {
        const double NightOwls = 0.12;
        const double EveningWorkers = 0.2;

        var start = random.Normal(8.9, 0.8) + (random.Chance(NightOwls) ? random.Between(2, 3.5) : 0);
        var evening = random.Chance(EveningWorkers) ? random.Between(0.1, 0.4) : 0.01;
        return new(Math.Clamp(start, 5.5, 13.5), random.Normal(8.6, 0.5), evening);
    }

    private static DayOfWeek[] CreateDaysOff(SeedRandom random)
    {
        var first = (DayOfWeek)(1 + random.Next(5));
        return random.Chance(0.5) ? [first] : [first, first == DayOfWeek.Friday ? DayOfWeek.Thursday : first + 1];
    }

    private static double CreateWeekendChance(Role role, SeedRandom random)
    {
        const double Some = 0.05;

        return role == Role.Support ? 0.2 : random.Chance(Some) ? random.Between(0.2, 0.5) : 0.015;
    }

    // Some three in a year, of a week or two that begin on a Monday.
    private static (DateOnly From, DateOnly To)[] CreateVacations(SeedPlan plan, SeedRandom random)
    {
        const double InAYear = 3.3;
        const double TwoWeeks = 0.4;

        var vacations = new (DateOnly, DateOnly)[random.Around(InAYear * plan.Days / 365)];
        for (var number = 0; number < vacations.Length; number++)
        {
            var day = plan.FirstDay.AddDays(random.Next(plan.Days));
            var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
            vacations[number] = (monday, monday.AddDays(random.Chance(TwoWeeks) ? 13 : 6));
        }

        return vacations;
    }
}
