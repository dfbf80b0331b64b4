using System.Net.Http.Json;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class CultureTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("en-US", "1,000")]
    [InlineData("de-DE", "1.000")]
    [InlineData("fr-CH", "1 000")]
    public async Task Figures_are_written_as_the_browser_writes_them(string locale, string thousand)
    {
        var user = PulseBoardApplication.NewUser();
        using var batch = await application.Activity.PostAsJsonAsync(
            "/api/activity/batch", Enumerable.Range(0, 1000).Select(_ => new { user, type = "login" }));
        batch.EnsureSuccessStatusCode();
        await application.CountedAsync(user, 1000);
        await using var browser = await Chromium.LaunchAsync();
        var address = new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}");
        var page = await browser.OpenAsync(address, new() { Locale = locale });

        // In the first rendering and in those that the circuit sends: the next event comes by it. Spaces of any kind are one.
        var events = page.Locator("[data-total=events] dd").First;
        await Assertions.Expect(events).ToHaveTextAsync(thousand, new() { Timeout = Chromium.Limit });
        await application.PostAsync(user, "login");
        await Assertions.Expect(events).ToHaveTextAsync($"{thousand[..^1]}1", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Moments_are_told_by_the_clock_of_the_browser()
    {
        var user = PulseBoardApplication.NewUser();
        var day = DateTimeOffset.UtcNow.AddDays(-2);
        await application.PostAsync(user, "login", timestamp: $"{day:yyyy-MM-dd}T12:34:56Z");
        await using var browser = await Chromium.LaunchAsync();
        var address = new Uri(application.Web.BaseAddress!, $"/events?user={Uri.EscapeDataString(user)}");
        var page = await browser.OpenAsync(address, new() { Locale = "de-DE", TimezoneId = "Asia/Tokyo" });

        await Assertions.Expect(page.Locator("[data-event] time")).ToContainTextAsync("21:34:56", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }
}
