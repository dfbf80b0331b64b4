using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Metrics;

/// <summary>Every figure is still right after whatever changes what is known already.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class MetricsChangeTests(SharedMetricsSystem shared) : IClassFixture<SharedMetricsSystem>
{
    private const int Questions = 36;
    private const int Events = 300;

    private MetricsSystem System => shared.System;

    [Fact]
    public async Task Late_events_and_duplicates_leave_every_answer_right()
    {
        var random = new Random(11);
        var (known, late) = (System.Activity.Events.Take(Events).ToList(), shared.Activity.Events(Events));
        await System.CompactAsync();

        // Tasks that had a first event get an earlier one.
        var batches = await System.StoreAsync(random, late);
        await System.CountAsync(random, [.. batches, .. batches]);
        await System.CountAsync(random, batches);

        // The same ids with other contents, among new ones.
        var more = shared.Activity.Events(Events);
        await System.CountAsync(random, await System.StoreAsync(
            random, [.. known.Select(happened => happened with { User = "nobody", Type = ActivityTypes.TaskCompleted, At = happened.At.AddHours(-1) }), .. more]));
        System.Activity.Add([.. late, .. more]);
        await System.TellAsync();

        await AssertAnswersAsync(random, "after late events and duplicates, seed 11");
        await System.CompactAsync();
        await System.TellAsync();
        await AssertAnswersAsync(random, "after these were compacted, seed 11");
    }

    [Fact]
    public async Task A_recomputation_makes_every_answer_right_again()
    {
        var random = new Random(12);
        await System.CompactAsync();
        await System.AddAsync(random, shared.Activity.Events(Events));
        const string Months = "month IN ('2025-10-01', '2026-03-01')";
        const string Days = "(day BETWEEN '2025-10-01' AND '2025-10-31' OR day BETWEEN '2026-03-01' AND '2026-03-31')";
        foreach (var tampering in (string[])
            [
                $"UPDATE daily_user_metrics SET event_count = event_count + 5, tasks_created = 0 WHERE user_id < 'c' AND {Days.Replace("day", "metric_date", StringComparison.Ordinal)}",
                $"DELETE FROM daily_user_metrics WHERE user_id >= 'e' AND {Days.Replace("day", "metric_date", StringComparison.Ordinal)}",
                $"DELETE FROM person_quarter_hours WHERE user_id = 'ben' AND {Months}",
                $"UPDATE person_quarter_hours SET cells = (SELECT cells FROM person_quarter_hours WHERE user_id = 'carla' AND month = '2025-10-01') WHERE user_id < 'b' AND {Months}",
                $"DELETE FROM person_days WHERE user_id = 'Ada@example.com' AND {Months}",
                $"UPDATE person_days SET totals = (SELECT totals FROM person_days WHERE user_id = 'carla' AND month = '2025-10-01') WHERE user_id = 'Ben' AND {Months}",
                $"DELETE FROM quarter_hours WHERE extract(day FROM day) < 5 AND {Days}",
                $"UPDATE quarter_hours SET cells = (SELECT cells FROM quarter_hours ORDER BY events DESC LIMIT 1) WHERE extract(day FROM day) = 7 AND {Days}",
            ])
        {
            await System.Database.ExecuteAsync(tampering);
        }

        await System.RecomputeAsync([new(2025, 10, 1), new(2026, 3, 1)]);
        await System.TellAsync();
        await AssertAnswersAsync(random, "after a recomputation, seed 12");

        var questions = new RandomQuestions(random, System.Activity, System.ReportingZone);
        await System.AssertAnswersAsync("who was active, after a recomputation, seed 12", Enumerable.Range(0, Questions / 2).SelectMany(_ => questions.Active()));
        await System.CompactAsync();
        await System.TellAsync();
        await AssertAnswersAsync(random, "after that was compacted, seed 12");
    }

    [Fact]
    public async Task People_and_teams_that_change_show_at_once_in_all_of_history()
    {
        var random = new Random(13);
        shared.Activity.Assign(System.Activity);
        System.Activity.Teams.Remove(RandomActivity.Teams[2]);
        foreach (var (user, person) in System.Activity.People.Where(person => person.Value.Team == RandomActivity.Teams[2]).ToList())
        {
            System.Activity.People[user] = (person.Name, null);
        }

        using (await System.AdministerAsync(HttpMethod.Delete, $"/api/teams/{Uri.EscapeDataString(RandomActivity.Teams[2])}", null))
        {
            // Its people are in no team.
        }

        foreach (var (team, name) in System.Activity.Teams)
        {
            using var put = await System.AdministerAsync(HttpMethod.Put, $"/api/teams/{Uri.EscapeDataString(team)}", new TeamUpdate(name));
        }

        foreach (var (user, person) in System.Activity.People)
        {
            using var put = await System.AdministerAsync(HttpMethod.Put, $"/api/people/{Uri.EscapeDataString(user)}", new PersonUpdate(person.Name, person.Team));
        }

        // Nobody waits for anything: who changed it sees it.
        await AssertAnswersAsync(random, "after people and teams changed, seed 13");
    }

    [Fact]
    public async Task Events_are_paged_and_exported_whole_and_in_their_order()
    {
        const int Lists = 36;
        var random = new Random(14);
        var questions = new RandomQuestions(random, System.Activity, System.ReportingZone);
        for (var list = 0; list < Lists; list++)
        {
            await System.AssertEventsAsync($"seed 14, list {list}", questions, random);
        }
    }

    private Task AssertAnswersAsync(Random random, string what) =>
        System.AssertAnswersAsync(what, new RandomQuestions(random, System.Activity, System.ReportingZone).Take(Questions));
}
