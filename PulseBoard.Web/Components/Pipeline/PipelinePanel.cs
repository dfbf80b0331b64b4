using PulseBoard.Contracts;
using PulseBoard.Web.Components.Panels;
using PulseBoard.Web.Filtering;

namespace PulseBoard.Web.Components.Pipeline;

/// <summary>Something that shows part of what became of every event: one question for all of them, whatever the view is about.</summary>
public abstract class PipelinePanel : PanelComponent<PipelineStatus>
{
    /// <summary>How old what a page tells about the pipeline may become: much of it changes without the metrics.</summary>
    internal static readonly TimeSpan OldestShown = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override TimeSpan? MaximumAge => OldestShown;

    internal override string Ask(ViewFilter filter, DateOnly today) => "api/pipeline";
}
