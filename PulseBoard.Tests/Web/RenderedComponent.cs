using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace PulseBoard.Tests.Web;

/// <summary>Components as the server first renders them.</summary>
internal static class RenderedComponent
{
    /// <summary>The HTML of a component.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="parameters">Its parameters.</param>
    public static async Task<string> HtmlOfAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
            return (await renderer.RenderComponentAsync<T>(view)).ToHtmlString();
        });
    }
}
