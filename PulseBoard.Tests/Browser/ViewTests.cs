using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class ViewTests(PulseBoardApplication application)
{
    private static readonly LocatorAssertionsToHaveTextOptions Shown = new() { Timeout = Chromium.Limit };

    [Fact]
    public async Task The_filter_lies_in_the_address_and_survives_a_reload_and_the_way_back()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.PostAsync(PulseBoardApplication.NewUser(), "login");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(application.Web.BaseAddress!);

        await page.GetByLabel("Only a person").FillAsync(user);
        await page.GetByLabel("Only a person").PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"[?]user={Regex.Escape(Uri.EscapeDataString(user))}$"), new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-user]")).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("1", Shown);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("1", Shown);
        await Assertions.Expect(page.Locator(".chip")).ToContainTextAsync(user, new() { Timeout = Chromium.Limit });

        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_paused_page_stays_as_it_is_until_it_goes_on()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));
        var events = page.Locator("[data-total=events] dd").First;
        await Assertions.Expect(events).ToHaveTextAsync("1", Shown);

        await page.Locator(".pause").ClickAsync();
        await Assertions.Expect(page.Locator(".pause")).ToHaveTextAsync("Resume", Shown);
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 2);

        // Another page has it by now, and so this one had the time for it.
        var other = await browser.OpenAsync(new Uri(page.Url));
        await Assertions.Expect(other.Locator("[data-total=events] dd").First).ToHaveTextAsync("2", Shown);
        await Assertions.Expect(events).ToHaveTextAsync("1");

        await page.Locator(".pause").ClickAsync();
        await Assertions.Expect(events).ToHaveTextAsync("2", Shown);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task The_chosen_theme_is_there_before_the_first_paint()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(application.Web.BaseAddress!);

        await page.Locator("[data-theme-toggle]").ClickAsync();
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });

        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_panel_has_its_figures_as_a_table_as_CSV_and_an_address_of_its_own()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));
        var panel = page.Locator("#activity");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(panel.Locator("tbody tr").First.Locator("td").First).ToHaveTextAsync("1", Shown);

        var csv = await application.Web.GetStringAsync(new Uri((await panel.Locator("a[download]").GetAttributeAsync("href"))!, UriKind.Relative));
        Assert.Contains("task_created", csv, StringComparison.Ordinal);

        await panel.Locator("h2 a").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("panel=activity"), new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-panel]")).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Flow_shows_how_long_tasks_took()
    {
        var (user, task) = (PulseBoardApplication.NewUser(), Guid.NewGuid().ToString());
        foreach (var type in (string[])["task_created", "task_completed"])
        {
            using var response = await application.Activity.PostAsJsonAsync("/api/activity", new { user, type, data = new { task_id = task } });
            response.EnsureSuccessStatusCode();
        }

        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/flow?user={Uri.EscapeDataString(user)}"));

        await Assertions.Expect(page.Locator("#distribution .panel-note")).ToContainTextAsync("of 1 task", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("#throughput .chart-canvas")).ToHaveAttributeAsync("data-chart", new Regex("\"completed\":{.*:1"), new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }
}
