using Microsoft.Extensions.Options;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Components.Live;

/// <summary>
/// The renderings of one page, in rounds. An announcement changes a dozen of its parts, each with an answer of its own: one after the
/// other each would be a message to the browser and an acknowledgement from it, which is most of what an open page costs.
/// </summary>
internal sealed class RenderRounds(IOptions<LiveOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private HashSet<Action> _due = [];
    private bool _isGathering;
    private long _lastRound;

    /// <summary>Does something while the page renders; on whatever thread, and only once at a time.</summary>
    public Func<Action, Task>? Render { get; set; }

    /// <summary>Has a part of the page rendered in the next round: once, however often it is asked for until then.</summary>
    /// <param name="render">Called where components may change, during a rendering; asking for another one then is part of it.</param>
    public void Queue(Action render)
    {
        lock (_gate)
        {
            if (!_due.Add(render) || _isGathering)
            {
                return;
            }

            _isGathering = true;
        }

        // On a thread of its own: an idle circuit would render here and now, and hold up who has news.
        _ = Task.Run(GatherAsync);
    }

    private async Task GatherAsync()
    {
        // However much happens, nobody reads faster than the questions are asked.
        var (gather, rest) = (options.Value.GatherInterval, options.Value.RefreshInterval - time.GetElapsedTime(_lastRound));
        await Task.Delay(rest > gather ? rest : gather, time);
        _lastRound = time.GetTimestamp();
        lock (_gate)
        {
            _isGathering = false;
        }

        await (Render?.Invoke(RenderDue) ?? Task.CompletedTask);
    }

    private void RenderDue()
    {
        while (Take() is { Count: > 0 } due)
        {
            foreach (var render in due)
            {
                render();
            }
        }
    }

    private HashSet<Action> Take()
    {
        lock (_gate)
        {
            (var due, _due) = (_due, []);
            return due;
        }
    }
}
