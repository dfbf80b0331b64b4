using System.Reflection;
using PulseBoard.Activity.Ingestion;
using PulseBoard.Contracts;
using PulseBoard.Web.Components.Pipeline;

namespace PulseBoard.Tests.Web;

public sealed class FindingTests
{
    private static readonly PipelineStatus Well = new(
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        new(Received: 12, Accepted: 10, Duplicates: 1, Rejected: 1, new Dictionary<string, long> { ["required"] = 1 }, Stored: 10, Counted: 10, Pending: 0, Dead: 0, Discarded: 0),
        new(10, 1, 0.003),
        new(10, 0, 0, 0),
        new(0, 0, null, 0, 0, 0, 0),
        new(10, 10, 0, 0, 0.02, DateTimeOffset.UnixEpoch, 0),
        new(PipelineBroker.Up, 0, 1),
        new(0, 0, 0, 0, null),
        new(DateTimeOffset.UnixEpoch, true, 1, 10, 0),
        new(DateTimeOffset.UnixEpoch, [], [], [], []));

    [Fact]
    public void Where_all_is_counted_that_is_said() => AssertOne(Tone.Well, "Every stored event is counted.", Well);

    [Fact]
    public void What_came_in_a_moment_ago_is_no_problem() => AssertOne(
        Tone.Well,
        "Every stored event is counted, or about to be.",
        Well with { Events = Well.Events with { Counted = 8, Pending = 2 }, Outbox = Well.Outbox with { PendingBatches = 1, PendingEvents = 2, OldestPendingSeconds = 0.3 } });

    [Fact]
    public void What_waits_for_long_is_behind() => AssertOne(
        Tone.Busy,
        "Counting is behind.",
        Well with { Events = Well.Events with { Counted = 8, Pending = 2 }, Outbox = Well.Outbox with { PendingBatches = 1, PendingEvents = 2, OldestPendingSeconds = 80 } });

    [Fact]
    public void A_broker_that_is_away_is_the_reason_and_not_that_counting_is_behind() => AssertOne(
        Tone.Bad,
        "RabbitMQ is away.",
        Well with { Broker = new(PipelineBroker.Away, null, null), Outbox = Well.Outbox with { PendingBatches = 1, PendingEvents = 2, OldestPendingSeconds = 80 } });

    [Fact]
    public void Without_a_worker_nothing_is_counted() =>
        AssertOne(Tone.Bad, "No worker counts events.", Well with { Broker = new(PipelineBroker.Up, 0, 0) });

    [Fact]
    public void Discarded_events_are_no_problem_and_not_forgotten() => AssertOne(
        Tone.Well,
        "Every stored event is counted, but for those that somebody discarded.",
        Well with { Events = Well.Events with { Counted = 9, Discarded = 1 } });

    [Fact]
    public void The_worst_comes_first()
    {
        var findings = Finding.Of(Well with
        {
            Events = Well.Events with { Counted = 9, Dead = 1 },
            Broker = new(PipelineBroker.Up, 0, 0),
            Reconciliation = Well.Reconciliation! with { Drift = long.MinValue },
        });

        Assert.Equal(
            ["The figures differ from the events.", "Some stored events could not be counted.", "No worker counts events."],
            findings.Select(finding => finding.Headline));
        Assert.All(findings, finding => Assert.NotNull(finding.Advice));
    }

    [Fact]
    public void Each_code_that_an_event_can_be_refused_with_is_explained()
    {
        // What a look-up answers is no event's, and of a batch each event has a code of its own.
        string[] others = [Refusal.NotFound, Refusal.NoneTaken];

        var codes = new[] { typeof(Refusal), typeof(EventFault) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Except(others);

        Assert.All(codes, code => Assert.True(RejectionCodes.MeaningOf(code) is not null, code));
    }

    [Fact]
    public void Redis_is_known_by_where_answers_came_from_since_the_first_look()
    {
        var redis = new RedisSign();

        redis.Observe(new(5, 5, 5, 5, 0.5));
        Assert.Null(redis.Answers);
        redis.Observe(new(5, 5, 5, 5, 0.5));
        Assert.Null(redis.Answers);
        redis.Observe(new(6, 5, 5, 5, 0.5));
        Assert.True(redis.Answers);
        redis.Observe(new(7, 5, 6, 5, 0.5));
        Assert.False(redis.Answers);
        redis.Observe(new(7, 6, 6, 5, 0.5));
        Assert.True(redis.Answers);
    }

    private static void AssertOne(Tone tone, string headline, PipelineStatus status)
    {
        var finding = Assert.Single(Finding.Of(status));
        Assert.Equal((tone, headline), (finding.Tone, finding.Headline));
    }
}
