using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace PulseBoard.Web.Components.Live;

/// <summary>Shows nothing. Its renderings are the page's rounds: whatever asks to be rendered during one is in the same message.</summary>
public sealed class RenderRound : IComponent, IDisposable
{
    private RenderHandle _handle;

    [Inject]
    internal RenderRounds Rounds { get; set; } = default!;

    /// <inheritdoc />
    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    /// <inheritdoc />
    public Task SetParametersAsync(ParameterView parameters)
    {
        // Who has news is no browser, and has no culture of one.
        var culture = CultureInfo.CurrentCulture;
        Rounds.Render = render => _handle.Dispatcher.InvokeAsync(() =>
        {
            CultureInfo.CurrentCulture = culture;
            _handle.Render(_ => render());
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => Rounds.Render = null;
}
