using System.Net.Http.Json;
using PulseBoard.Bench.Reading;
using PulseBoard.Bench.Scenarios;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Bench;

[Collection(ApplicationCollection.Name)]
public sealed class ReadingTests(PulseBoardApplication application) : IAsyncLifetime
{
    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    public async Task InitializeAsync()
    {
        // Somebody in a team who did something, so that there is something to ask about.
        var user = PulseBoardApplication.NewUser();
        using var team = await application.Dashboard.PutAsJsonAsync($"/api/teams/{Guid.NewGuid():N}", new { members = new[] { user } }, Limit);
        team.EnsureSuccessStatusCode();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_question_that_is_measured_is_answered_and_computed_once_the_version_was_bumped()
    {
        var dashboard = application.System.Address("dashboard");
        var subjects = await ReadSubjects.AskAsync(dashboard, Limit);
        using var connection = new DashboardConnection(dashboard);

        foreach (var question in ReadQuestions.About(subjects))
        {
            foreach (var range in ReadRange.All(subjects.LastDay).Where(range => range.To.DayNumber - range.From.DayNumber > 90))
            {
                await connection.ForgetAsync(Limit);
                var (answer, _) = await connection.AskAsync(question.About(range), Limit);

                var status = answer.Headers().GetValueOrDefault(DashboardConnection.CacheStatus);
                Assert.True(question.IsCached ? status is "MISS" or "ERROR" : status is null, $"{question.About(range)}: {status}");
            }
        }
    }

    [Fact]
    public async Task The_plans_of_a_question_are_those_of_the_statements_that_answer_it()
    {
        var subjects = await ReadSubjects.AskAsync(application.System.Address("dashboard"), Limit);
        await using var plans = await QueryPlans.OpenAsync(await application.ConnectionStringAsync("pulseboard-db"), subjects.Zone, Limit);

        var text = await plans.ExplainAsync(ReadQuestions.Summary.About(ReadRange.Usual(subjects.LastDay)), Limit);

        Assert.Contains("Query Text: SELECT user_id, month, totals FROM person_days", text, StringComparison.Ordinal);
        Assert.Contains("actual time=", text, StringComparison.Ordinal);
        Assert.Contains("Buffers: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_computes_an_answer_is_held_and_counted_until_the_gate_opens()
    {
        var dashboard = application.System.Address("dashboard");
        var question = ReadQuestions.Summary.About(ReadRange.Usual((await ReadSubjects.AskAsync(dashboard, Limit)).LastDay));
        using var connection = new DashboardConnection(dashboard);
        await connection.ForgetAsync(Limit);

        Task<(PulseBoard.Bench.Load.HttpAnswer Answer, TimeSpan Taken)> asking;
        await using (var gate = await TableGate.HoldAnswersAsync(await application.ConnectionStringAsync("pulseboard-db"), Limit))
        {
            asking = connection.AskAsync(question, Limit);
            await gate.HoldsAsync(1, Limit);
            Assert.False(asking.IsCompleted);
        }

        Assert.Equal(200, (await asking).Answer.Status);
    }
}
