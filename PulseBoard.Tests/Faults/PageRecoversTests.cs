using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class PageRecoversTests(FaultyApplication application)
{
    private static readonly float Limit = (float)TimeSpan.FromSeconds(60).TotalMilliseconds;

    [Fact]
    public async Task An_open_page_says_that_the_Dashboard_is_away_keeps_its_numbers_and_recovers_by_itself()
    {
        var user = FaultyApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(application.Web.BaseAddress!);
        var events = page.Locator($"[data-user='{user}'] [data-metric=events]");
        await Assertions.Expect(events).ToHaveTextAsync("1", new() { Timeout = Limit });

        await page.EvaluateAsync("window.notReloaded = true");
        await application.StopAsync("dashboard");
        try
        {
            await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToBeVisibleAsync(new() { Timeout = Limit });
            await Assertions.Expect(page.Locator("[data-live-state=away]")).ToBeVisibleAsync(new() { Timeout = Limit });
            await Assertions.Expect(events).ToHaveTextAsync("1");
            await application.PostAsync(user, "task_completed");
        }
        finally
        {
            await application.StartAsync("dashboard");
        }

        await Assertions.Expect(events).ToHaveTextAsync("2", new() { Timeout = Limit });
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(new() { Timeout = Limit });
        await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToHaveCountAsync(0, new() { Timeout = Limit });
        Assert.True(await page.EvaluateAsync<bool>("window.notReloaded"));
        Assert.Empty(browser.Errors);
    }
}
