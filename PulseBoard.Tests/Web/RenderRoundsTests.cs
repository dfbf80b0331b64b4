using System.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.Web.Components.Live;
using PulseBoard.Web.Live;

namespace PulseBoard.Tests.Web;

public sealed class RenderRoundsTests
{
    private readonly RenderRounds _rounds = new(Options.Create(new LiveOptions()), TimeProvider.System);

    [Fact]
    public async Task What_is_asked_for_within_a_moment_is_rendered_in_one_round()
    {
        var (rounds, rendered) = (0, 0);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rounds.Render = render =>
        {
            rounds++;
            render();
            ended.SetResult();
            return Task.CompletedTask;
        };

        _rounds.Queue(() => rendered++);
        _rounds.Queue(() => rendered++);
        await ended.Task.WaitAsync(WebLimits.Wait);

        Assert.Equal((1, 2), (rounds, rendered));
    }

    [Fact]
    public async Task What_is_asked_for_during_a_round_is_rendered_in_it_or_in_another_one()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rounds.Render = render =>
        {
            render();
            return Task.CompletedTask;
        };

        _rounds.Queue(() => _rounds.Queue(ended.SetResult));

        await ended.Task.WaitAsync(WebLimits.Wait);
    }

    [Fact]
    public async Task Rounds_are_as_far_apart_as_questions_however_much_happens()
    {
        const int Rounds = 4;
        var moments = new List<long>();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rounds.Render = render =>
        {
            moments.Add(Stopwatch.GetTimestamp());
            if (moments.Count == Rounds)
            {
                ended.SetResult();
            }

            // There is always more to render.
            render();
            _rounds.Queue(() => { });
            return Task.CompletedTask;
        };

        _rounds.Queue(() => { });
        await ended.Task.WaitAsync(WebLimits.Wait);

        // Less what a timer may be early.
        var shortest = moments.Zip(moments.Skip(1), Stopwatch.GetElapsedTime).Min();
        Assert.True(shortest > new LiveOptions().RefreshInterval * 0.9, $"{shortest}");
    }

    [Fact]
    public async Task What_is_asked_for_twice_is_rendered_once()
    {
        var rendered = 0;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rounds.Render = render =>
        {
            render();
            ended.SetResult();
            return Task.CompletedTask;
        };

        _rounds.Queue(Count);
        _rounds.Queue(Count);
        await ended.Task.WaitAsync(WebLimits.Wait);

        Assert.Equal(1, rendered);

        void Count() => rendered++;
    }
}
