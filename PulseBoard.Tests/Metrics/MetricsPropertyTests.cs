using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Metrics;

/// <summary>Every figure of every endpoint beside a plain recomputation from the raw events.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class MetricsPropertyTests(PulseBoardApplication application)
{
    private const int Questions = 36;
    private const int Events = 1_500;

    [Theory]
    [InlineData("UTC", 1)]
    [InlineData("Pacific/Chatham", 2)]
    public async Task Every_answer_is_the_plain_recomputations_whatever_is_compacted(string reportingZone, int seed)
    {
        await using var system = await MetricsSystem.StartAsync(application, reportingZone);
        var random = new Random(seed);
        var activity = new RandomActivity(random, system.Now);
        var questions = new RandomQuestions(random, system.Activity, system.ReportingZone);
        activity.Assign(system.Activity);
        await system.WritePeopleAsync();

        await system.AddAsync(random, [.. activity.OldEvents(), .. activity.Events(Events)]);
        await system.TellAsync();
        await system.AssertAnswersAsync($"nothing is compacted, seed {seed}", questions.Take(Questions));

        await system.CompactAsync();
        await system.AddAsync(random, activity.Events(Events));
        await system.TellAsync();
        await system.AssertAnswersAsync($"half is compacted, seed {seed}", questions.Take(Questions));

        await system.CompactAsync();
        await system.TellAsync();
        await system.AssertAnswersAsync($"all is compacted, seed {seed}", questions.Take(Questions));
    }
}
