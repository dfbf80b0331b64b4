using System.Net.Http.Json;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class EventsPageTests(PulseBoardApplication application)
{
    private const int PageSize = 50;
    private const int MostRows = 5 * PageSize;

    [Fact]
    public async Task An_event_comes_in_at_the_top_and_shows_its_data_when_it_is_asked_for()
    {
        var (user, id) = (PulseBoardApplication.NewUser(), Guid.NewGuid());
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/events?user={Uri.EscapeDataString(user)}"));
        await Assertions.Expect(page.Locator("[data-panel=events][data-panel-state=empty]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });

        using var response = await application.Activity.PostAsJsonAsync(
            "/api/activity", new { user, type = "task_created", event_id = id, data = new { task_id = "T-1", nested = new { deep = true } } });
        response.EnsureSuccessStatusCode();

        var row = page.Locator($"[data-event='{id}']");
        await Assertions.Expect(row).ToContainTextAsync("task created", new() { Timeout = Chromium.Limit });
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("[data-event-data]")).ToContainTextAsync("\"deep\": true", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_search_is_in_the_address_and_finds_parts_of_names_and_types()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "release_published");
        await application.PostAsync(user, "login");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/events?user={Uri.EscapeDataString(user)}"));
        await Assertions.Expect(page.Locator("[data-event]")).ToHaveCountAsync(2, new() { Timeout = Chromium.Limit });

        await page.Locator("[data-search]").FillAsync("release");
        await page.Locator("[data-search]").PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-event]")).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });
        Assert.Contains("search=release", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-event]")).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Scrolling_reaches_the_oldest_event_with_a_bounded_number_of_rows_and_the_way_back_is_live_again()
    {
        const int Events = 430;
        var user = PulseBoardApplication.NewUser();
        using var batch = await application.Activity.PostAsJsonAsync(
            "/api/activity/batch", Enumerable.Range(0, Events).Select(index => new { user, type = "login", data = new { index } }));
        batch.EnsureSuccessStatusCode();
        await application.CountedAsync(user, Events);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/events?user={Uri.EscapeDataString(user)}"));
        var rows = page.Locator("[data-event]");
        await Assertions.Expect(rows).ToHaveCountAsync(PageSize, new() { Timeout = Chromium.Limit });

        var (seen, most) = (new HashSet<string>(), 0);
        await Eventually.BecomesAsync(
            "all events to have been on the page",
            async () =>
            {
                var ids = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-event]')].map(row => row.dataset.event)");
                seen.UnionWith(ids);
                most = Math.Max(most, ids.Length);
                await page.Mouse.WheelAsync(0, 1500);
                return seen.Count;
            },
            count => count == Events,
            TimeSpan.FromSeconds(60));
        Assert.True(most <= MostRows, $"{most} rows");

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the newest" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(PageSize, new() { Timeout = Chromium.Limit });
        var newest = await application.PostAsync(user, "login");
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("data-event", newest.EventId.ToString(), new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }
}
