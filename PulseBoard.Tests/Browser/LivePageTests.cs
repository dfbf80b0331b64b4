using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class LivePageTests(PulseBoardApplication application)
{
    [Fact]
    public async Task An_event_appears_in_chart_and_table_of_an_open_page_without_a_reload()
    {
        var user = PulseBoardApplication.NewUser();
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));
        await page.EvaluateAsync("window.notReloaded = true");

        for (var i = 0; i < 3; i++)
        {
            await application.PostAsync(user, "task_created");
        }

        await application.PostAsync(user, "task_completed");

        var row = page.Locator($"[data-user='{user}']");
        await Assertions.Expect(row.Locator("[data-metric=events]")).ToHaveTextAsync("4", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(row.Locator("[data-metric=created]")).ToHaveTextAsync("3", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(row.Locator("[data-metric=completed]")).ToHaveTextAsync("1", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-panel=people] .chart-canvas")).ToHaveAttributeAsync(
            "data-chart", new Regex($"\"events\":{{[^}}]*\"{user}\":4"), new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        Assert.True(await page.EvaluateAsync<bool>("window.notReloaded"));
        Assert.Empty(browser.Errors);
    }
}
