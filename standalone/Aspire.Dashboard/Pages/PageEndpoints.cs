using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Pages;

/// <summary>The pages and their files.</summary>
internal static class PageEndpoints
{
    // Each is the same document, which shows what its address says.
    private static readonly string[] Routes =
        ["/", "/consolelogs/{id?}", "/structuredlogs", "/traces", "/traces/{id}", "/metrics/{resource?}"];

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        foreach (var route in Routes)
        {
            app.MapGet(route, (HttpContext context, EmbeddedPages pages) => pages.WriteAsync(context, "index.html")).RequireAuthorization();
        }

        // Without a cookie too: the page that asks for the token needs them, and they tell nothing.
        app.MapGet("/{**path}", (HttpContext context, EmbeddedPages pages, string path) =>
        {
            if (!pages.Has(path))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return pages.WriteAsync(context, path);
        });
    }
}
