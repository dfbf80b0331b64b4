using Microsoft.AspNetCore.Components;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Components.Live;

/// <summary>Renders anew when the snapshot changes: once at a time, so that a slow browser sees the newest and not every one.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private bool _disposed;

    [Inject]
    internal LiveMetrics Live { get; set; } = default!;

    [Inject]
    internal RenderRounds Rounds { get; set; } = default!;

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
        _disposed = true;
        Live.Changed -= QueueRender;
        GC.SuppressFinalize(this);
    }

    private void QueueRender() => Rounds.Queue(Render);

    private void Render()
    {
        if (!_disposed)
        {
            Snapshot = Live.Current;
            StateHasChanged();
        }
    }
}
