using Microsoft.AspNetCore.Components;
using PulseBoard.Web.Components.Live;
using PulseBoard.Web.Filtering;
using PulseBoard.Web.Reading;

namespace PulseBoard.Web.Components.Panels;

/// <summary>
/// Something on a page that shows the answer to one question about what the page is about. It is rendered anew when the answer
/// changes: once at a time, so that a slow browser sees the newest and not every one.
/// </summary>
/// <typeparam name="T">The answer.</typeparam>
public abstract class PanelComponent<T> : ComponentBase, IDisposable
    where T : class
{
    // How long the first rendering waits for its answer, so that the page arrives with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private Watch<T>? _watch;
    private string? _question;
    private (ViewFilter Filter, DateOnly Today)? _asked;
    private bool _isNew;

    [Inject]
    internal LiveAnswers Answers { get; set; } = default!;

    [Inject]
    internal ReportingClock Clock { get; set; } = default!;

    [Inject]
    internal View View { get; set; } = default!;

    [Inject]
    internal RenderRounds Rounds { get; set; } = default!;

    /// <summary>Whom a page of one person or team is about.</summary>
    [CascadingParameter]
    internal ViewScope? Scope { get; set; }

    /// <summary>What is asked about: what the address says, of whom the page is about.</summary>
    internal ViewFilter Filter => Scope?.Narrow(View.Filter) ?? View.Filter;

    /// <summary>What this rendering shows.</summary>
    protected LiveAnswer<T> Answer { get; private set; } = new(null, null, false);

    /// <summary>The question, for those who want all of its answer.</summary>
    protected string Question => _question ?? "";

    /// <summary>How old the answer may become, where it changes without the metrics; null is for ever.</summary>
    protected virtual TimeSpan? MaximumAge => null;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What is asked: path and query, escaped; null where there is nothing to ask.</summary>
    /// <param name="filter">What the page is about.</param>
    /// <param name="today">Today where days begin.</param>
    internal abstract string? Ask(ViewFilter filter, DateOnly today);

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            View.Changed += QueueRender;
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await Clock.LearnAsync(_disposed.Token);
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        Look();
        if (!RendererInfo.IsInteractive && _watch is { } watch)
        {
            await watch.First.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Answer = watch.Current;
        }
    }

    /// <summary>Ends the look at the answer.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed.IsCancellationRequested)
        {
            _disposed.Cancel();
            View.Changed -= QueueRender;
            _watch?.Dispose();
            _disposed.Dispose();
        }
    }

    /// <summary>Shows the next answer, also on a page that stands still: whoever looks has changed something.</summary>
    protected void Refresh()
    {
        _isNew = true;
        _watch?.Refresh();
    }

    /// <summary>Looks at the answer to what is asked now.</summary>
    protected void Look()
    {
        _asked = null;
        LookAgain();
    }

    /// <summary>The same, where what is asked may only be another with another filter or day: most renderings have new figures, and no more.</summary>
    private void LookAgain()
    {
        var today = Clock.Today(View.Filter.Zone);
        var question = _asked is { } asked && asked.Today == today && ReferenceEquals(asked.Filter, View.Filter) ? _question : Ask(Filter, today);
        _asked = (View.Filter, today);
        if (question != _question)
        {
            // What is shown stays until there is something else: a panel that blinks at each step of a filter is hard to look at.
            var before = _watch;
            _watch = question is null ? null : Answers.Watch<T>(question, QueueRender, MaximumAge);
            before?.Dispose();
            (_question, _isNew) = (question, true);
        }

        if (question is null)
        {
            Answer = new(null, null, false);
        }
        else if (_watch!.Current is { IsPending: false } answer && (_isNew || !View.IsPaused))
        {
            (Answer, _isNew) = (answer, false);
        }
    }

    private void QueueRender() => Rounds.Queue(Render);

    private void Render()
    {
        if (!_disposed.IsCancellationRequested)
        {
            LookAgain();
            StateHasChanged();
        }
    }
}
