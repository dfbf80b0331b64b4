using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Web;

namespace PulseBoard.Tests.Bench;

public sealed class PageVisitTests
{
    // The chart is drawn after the page has become interactive.
    private const string Page = """
        <!DOCTYPE html><body data-interactive="false"><p>something</p><div class="chart-canvas"></div><script>
        setTimeout(() => document.body.dataset.interactive = 'true', 100);
        setTimeout(() => document.querySelector('.chart-canvas').dataset.chart = 'drawn', 400);
        </script></body>
        """;

    [Fact]
    public async Task A_page_is_usable_once_it_is_interactive_and_its_charts_are_drawn()
    {
        await using var server = await LocalServer.StartAsync(app => app.MapGet("/", () => Results.Text(Page, "text/html")));
        await using var browser = await Chromium.LaunchAsync();
        await using var context = await browser.CreateContextAsync();
        await PageVisit.PrepareAsync(context);
        var page = await context.NewPageAsync();
        var traffic = await WireTraffic.WatchAsync(page);

        var visit = await PageVisit.MakeAsync(page, server.Address);

        Assert.InRange(visit.Usable, 400, 60_000);
        Assert.InRange(visit.FirstPaint, 1, visit.Usable);
        Assert.Contains(traffic.Resources, resource => resource.Address == server.Address && resource.Bytes > Page.Length);
    }
}
