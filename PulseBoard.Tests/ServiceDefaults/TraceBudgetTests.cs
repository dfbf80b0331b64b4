using System.Diagnostics;
using OpenTelemetry.Trace;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Tests.ServiceDefaults;

public sealed class TraceBudgetTests
{
    private const int PerSecond = 100;

    private readonly SetClock _clock = new();
    private readonly TraceBudget _budget;

    public TraceBudgetTests() => _budget = new(_clock, PerSecond);

    [Fact]
    public void A_flood_is_recorded_as_far_as_the_budget_goes()
    {
        Assert.Equal(PerSecond, Recorded(10_000));
        Assert.Equal(0, Recorded(10_000));

        _clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(PerSecond / 2, Recorded(10_000));
    }

    [Fact]
    public void All_is_recorded_at_a_pace_below_it()
    {
        for (var second = 0; second < 10; second++)
        {
            Assert.Equal(PerSecond, Recorded(PerSecond));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void What_was_not_used_for_long_is_no_more_than_a_seconds_worth()
    {
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(PerSecond, Recorded(10_000));
    }

    private int Recorded(int traces)
    {
        var parameters = new SamplingParameters(default, ActivityTraceId.CreateRandom(), "GET /", ActivityKind.Server);
        return Enumerable.Range(0, traces).Count(_ => _budget.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample);
    }
}
