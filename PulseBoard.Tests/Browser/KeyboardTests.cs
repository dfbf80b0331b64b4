using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class KeyboardTests(PulseBoardApplication application)
{
    private const int MostSteps = 300;

    // What has the focus, whether it looks so, and whether it was there before.
    private const string Describe = """
        (() => {
          const element = document.activeElement;
          if (!element || element === document.body) return 'out';
          const style = getComputedStyle(element);
          const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}`;
          const again = element.dataset.visited === 'true';
          element.dataset.visited = 'true';
          return again ? 'again' : `${seen ? 'seen' : 'unseen'} ${name}`;
        })()
        """;

    [Theory]
    [InlineData("/")]
    [InlineData("/people")]
    [InlineData("/teams")]
    [InlineData("/events")]
    [InlineData("/flow")]
    [InlineData("/pipeline")]
    [InlineData("/send")]
    public async Task Every_control_is_reached_by_Tab_and_seen_to_be(string address)
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"{address}?user={Uri.EscapeDataString(user)}"));
        await Assertions.Expect(page.Locator("[data-panel-state=pending]")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        var controls = await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('a[href], button:not(:disabled), input, select, textarea, summary')].filter(one => one.checkVisibility() && one.tabIndex >= 0).length");
        var (visited, timesOut) = (new List<string>(), 0);
        for (var step = 0; step < MostSteps && timesOut < 2; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            var state = await page.EvaluateAsync<string>(Describe);
            if (state is "out")
            {
                // A page begins with its heading: once around has the rest.
                timesOut++;
            }
            else if (state is not "again")
            {
                // The parts of a date are stops of their own, and here the same.
                visited.Add(state);
            }
        }

        Assert.True(timesOut == 2, "The focus never leaves the page.");
        Assert.True(visited.Count >= controls, $"{visited.Count} of {controls} controls are reached: {string.Join(", ", visited)}");
        Assert.All(visited, one => Assert.StartsWith("seen", one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_range_a_table_and_the_pause_are_had_without_a_mouse()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/?user={Uri.EscapeDataString(user)}"));

        // Past the menu at once.
        await TabToAsync(page, "Skip to the content");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main:focus, main:focus-within")).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });

        await TabToAsync(page, "7 days");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("range=7d"), new() { Timeout = Chromium.Limit });

        await TabToAsync(page, "Table");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#activity table")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });

        await page.Locator(".pause").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".pause")).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    private static async Task TabToAsync(IPage page, string text)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement === document.body ? '' : document.activeElement.textContent.trim()") == text)
            {
                return;
            }
        }

        Assert.Fail($"'{text}' is not reached.");
    }
}
