using Microsoft.AspNetCore.Components;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Components.Live;

/// <summary>Renders anew when the snapshot changes: once at a time, so that a slow browser sees the newest and not every one.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private int _renderQueued;

    [Inject]
    internal LiveMetrics Live { get; set; } = default!;

    /// <summary>What this rendering shows; one snapshot throughout, whatever is pushed meanwhile.</summary>
    internal LiveSnapshot Snapshot { get; private set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        // First, so that no change falls between.
        if (RendererInfo.IsInteractive)
        {
            Live.Changed += QueueRender;
        }

        Snapshot = Live.Current;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Live.Changed -= QueueRender;
        GC.SuppressFinalize(this);
    }

    private void QueueRender()
    {
        if (Interlocked.Exchange(ref _renderQueued, 1) == 0)
        {
            // On a thread of its own: an idle circuit would render here and now, and hold up who raised the event.
            _ = Task.Run(() => InvokeAsync(() =>
            {
                Interlocked.Exchange(ref _renderQueued, 0);
                Snapshot = Live.Current;
                StateHasChanged();
            }));
        }
    }
}
