using PulseBoard.Bench.Seeding;

namespace PulseBoard.Tests.Bench;

public sealed class ActivityHistoryTests
{
    private static readonly SeedPlan Plan = new(60_000, 60, 6, 365, new(2026, 11, 26, 15, 30, 0, TimeSpan.Zero), 1);

    [Fact]
    public void The_same_plan_gives_the_same_history_and_another_seed_another_one()
    {
        var first = Lines(Plan);

        Assert.Equal(first, Lines(Plan));
        Assert.NotEqual(first[..100], Lines(Plan with { Seed = 2 })[..100]);

        static string[] Lines(SeedPlan plan) => [.. Events(plan).Select(e => $"{e.Id} {e.Type} {e.Person.User} {e.Time:O} {e.Received:O} {e.Data}")];
    }

    [Theory]
    [InlineData(1_000, 5, 2, 30)]
    [InlineData(35_000, 25, 5, 120)]
    [InlineData(50_001, 300, 50, 200)]
    [InlineData(1_000, 3, 3, 1)]
    public void There_are_as_many_events_as_were_asked_for(int events, int people, int teams, int days)
    {
        var plan = Plan with { Events = events, People = people, Teams = teams, Days = days };

        Assert.Equal(events, Events(plan).Count);
    }

    [Fact]
    public void Every_event_has_an_id_of_its_own_and_lies_within_the_history()
    {
        var events = Events(Plan);

        Assert.Equal(events.Count, events.Select(e => e.Id).Distinct().Count());
        Assert.All(events, e =>
        {
            Assert.InRange(e.Time, Plan.FirstDay.ToDateTime(default, DateTimeKind.Utc).AddDays(-1), Plan.Until.UtcDateTime);
            Assert.InRange(e.Received, e.Time, Plan.Until.UtcDateTime);
            Assert.Equal(7, e.Id.Version);
        });
    }

    [Fact]
    public void Events_come_in_the_order_in_which_they_were_received_and_some_of_them_late()
    {
        var events = Events(Plan);
        var late = events.Count(e => e.Received - e.Time > TimeSpan.FromMinutes(30));

        Assert.Equal(events.Select(e => e.Received).Order(), events.Select(e => e.Received));
        Assert.InRange(late, events.Count / 200, events.Count / 50);
    }

    [Fact]
    public void People_are_at_work_by_day_and_hardly_at_weekends()
    {
        var local = Events(Plan).ConvertAll(e => e.Time + e.Person.Office.OffsetOn(DateOnly.FromDateTime(e.Time)));

        var weekend = local.Count(time => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        var night = local.Count(time => time.Hour < 5);
        var lunch = local.Count(time => time is { Hour: 12, Minute: >= 30 } or { Hour: 13, Minute: < 15 });
        var before = local.Count(time => time is { Hour: 10, Minute: >= 30 } or { Hour: 11, Minute: < 15 });

        Assert.InRange(weekend, 1, local.Count * 0.03);
        Assert.InRange(night, 1, local.Count * 0.01);
        Assert.InRange(lunch, before * 0.3, before * 0.75);
    }

    [Fact]
    public void Nobody_acts_before_they_join_after_they_leave_or_on_vacation()
    {
        var company = Company.Create(Plan);

        Assert.Contains(company.People, person => person.Joined > Plan.FirstDay);
        Assert.Contains(company.People, person => person.Left < Plan.LastDay);
        Assert.All(ActivityHistory.Of(company).Where(e => e.Type != EventType.TaskCompleted && e.Type != EventType.IncidentResolved), e =>
        {
            var date = DateOnly.FromDateTime(e.Time + e.Person.Office.OffsetOn(DateOnly.FromDateTime(e.Time)));
            Assert.True(e.Person.IsEmployed(date) && !e.Person.IsOnVacation(date));
        });
    }

    [Fact]
    public void Tasks_are_completed_after_they_were_created_but_for_few_with_a_wrong_clock_and_those_that_never_are()
    {
        var events = Events(Plan);
        var created = events.Where(e => e.Type == EventType.TaskCreated).ToDictionary(e => e.Data!);
        var completed = events.Where(e => e.Type == EventType.TaskCompleted).GroupBy(e => e.Data!).ToDictionary(task => task.Key, task => task.MinBy(e => e.Time));
        var wrong = completed.Values.Count(e => e.Time < created[e.Data!].Time);
        var byAnother = completed.Values.Count(e => e.Person != created[e.Data!].Person);

        Assert.True(created.Count > Plan.Events * 0.05);
        Assert.InRange(completed.Count, created.Count * 0.85, created.Count * 0.97);
        Assert.InRange(wrong, 1, completed.Count * 4 / ActivityHistory.RightForEachWrongClock);
        Assert.InRange(byAnother, completed.Count * 0.05, completed.Count * 0.25);
        Assert.InRange(events.Count(e => e.Type == EventType.TaskCompleted) - completed.Count, 1, completed.Count * 0.02);
    }

    [Fact]
    public void Teams_take_hours_or_days_for_their_tasks()
    {
        var events = Events(Plan);
        var completed = events.Where(e => e.Type == EventType.TaskCompleted).DistinctBy(e => e.Data).ToDictionary(e => e.Data!, e => e.Time);
        var medians = events
            .Where(e => e.Type == EventType.TaskCreated && completed.ContainsKey(e.Data!))
            .GroupBy(e => e.Person.Team, e => completed[e.Data!] - e.Time)
            .Select(team => team.Order().ElementAt(team.Count() / 2))
            .ToArray();

        Assert.Equal(Plan.Teams, medians.Length);
        Assert.All(medians, median => Assert.InRange(median, TimeSpan.FromHours(2), TimeSpan.FromDays(14)));
        Assert.True(medians.Max() > 2 * medians.Min());
    }

    [Fact]
    public void People_and_teams_have_names_of_their_own_that_fit_their_columns()
    {
        var company = Company.Create(Plan with { People = 10_000, Teams = 120 });

        Assert.Equal(10_000, company.People.Select(person => person.User).Distinct().Count());
        Assert.Equal(120, company.Teams.Select(team => team.Key).Distinct().Count());
        Assert.Equal(120, company.Teams.Select(team => team.Prefix).Distinct().Count());
        Assert.All(company.People, person => Assert.Matches(@"^[a-z]+(\.[a-z0-9]+){1,2}@example\.com$", person.User));
        Assert.All(company.Teams, team => Assert.NotEmpty(team.Members));
    }

    private static List<SeedEvent> Events(SeedPlan plan) => [.. ActivityHistory.Of(Company.Create(plan))];
}
