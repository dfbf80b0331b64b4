using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class PageRecoversTests(FaultyApplication application)
{
    [Fact]
    public async Task An_open_page_says_that_the_Dashboard_is_away_keeps_its_numbers_and_recovers_by_itself()
    {
        var user = FaultyApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));
        var events = page.Locator($"[data-user='{user}'] [data-metric=events]");
        await Assertions.Expect(events).ToHaveTextAsync("1", new() { Timeout = Chromium.Limit });

        await page.EvaluateAsync("window.notReloaded = true");
        await application.StopAsync("dashboard");
        try
        {
            await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
            await Assertions.Expect(page.Locator("[data-live-state=away]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
            await Assertions.Expect(events).ToHaveTextAsync("1");
            await application.PostAsync(user, "task_completed");
        }
        finally
        {
            await application.StartAsync("dashboard");
        }

        await Assertions.Expect(events).ToHaveTextAsync("2", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        Assert.True(await page.EvaluateAsync<bool>("window.notReloaded"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task An_open_page_says_that_Web_is_away_and_is_a_live_page_of_the_same_view_after_the_restart()
    {
        var user = FaultyApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await using var browser = await Chromium.LaunchAsync();
        var address = new Uri(application.Web.BaseAddress!, $"/?range=7d&user={Uri.EscapeDataString(user)}");
        var page = await browser.OpenAsync(address);
        var events = page.Locator("[data-total=events] dd").First;
        await Assertions.Expect(events).ToHaveTextAsync("1", new() { Timeout = Chromium.Limit });
        await page.Locator("[data-theme-toggle]").ClickAsync();

        await application.StopAsync("web");
        try
        {
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
            await Assertions.Expect(events).ToHaveTextAsync("1");
            await application.PostAsync(user, "task_completed");
        }
        finally
        {
            await application.StartAsync("web");
        }

        await Assertions.Expect(events).ToHaveTextAsync("2", new() { Timeout = Chromium.Limit });
        await Chromium.BecomesInteractiveAsync(page);
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = Chromium.Limit });
        Assert.Equal(address.ToString(), page.Url);
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));

        // It is alive, and not only a picture.
        await application.PostAsync(user, "login");
        await Assertions.Expect(events).ToHaveTextAsync("3", new() { Timeout = Chromium.Limit });
    }

    [Fact]
    public async Task A_page_that_is_opened_while_the_Dashboard_is_away_says_so_and_fills_when_it_is_back()
    {
        var user = FaultyApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await using var browser = await Chromium.LaunchAsync();

        await application.StopAsync("dashboard");
        IPage page;
        try
        {
            page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));
            await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
            await Assertions.Expect(page.Locator("#activity")).ToHaveAttributeAsync("data-panel-state", "pending");
        }
        finally
        {
            await application.StartAsync("dashboard");
        }

        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("1", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("#activity")).ToHaveAttributeAsync("data-panel-state", "shown", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-away=dashboard]")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }
}
