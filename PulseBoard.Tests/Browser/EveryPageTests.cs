using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

/// <summary>What holds for every page, in both themes, on a phone, a tablet and a desk. Their pictures are kept beside the tests.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class EveryPageTests(PulseBoardApplication application)
{
    private const string User = "gallery@example.com";
    private const string Team = "gallery";
    private const int Height = 1000;
    private const int MostToldNodes = 5;

    private static readonly int[] Widths = [1440, 820, 390];
    private static readonly string[] Grave = ["serious", "critical"];
    /// <summary>Each page, and the overview and the events of a time in which nothing happened.</summary>
    public static TheoryData<string, string> Pages
    {
        get
        {
            var pages = new TheoryData<string, string>();
            foreach (var address in (string[])
                [
                    "/", "/people", $"/people/{Uri.EscapeDataString(User)}", "/teams", $"/teams/{Team}", "/flow", "/events",
                    "/pipeline", "/send", "/not-there",
                    "/?from=2001-01-01&to=2001-01-02", "/flow?from=2001-01-01&to=2001-01-02", "/events?from=2001-01-01&to=2001-01-02",
                ])
            {
                pages.Add(address, "light");
                pages.Add(address, "dark");
            }

            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_and_fits_every_width(string address, string theme)
    {
        await HaveDataAsync();
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, address));
        await page.EmulateMediaAsync(new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });

        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, Height);
            await SettlesAsync(page);
            await page.ScreenshotAsync(new() { Path = PictureOf(address, theme, width), FullPage = true });

            Assert.True(
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width,
                $"{address} is wider than {width} pixels: {await page.EvaluateAsync<string>(Widest)}");
            var axe = await page.RunAxe();
            Assert.True(axe.Violations.All(violation => !Grave.Contains(violation.Impact)), Describe(address, theme, width, axe));
        }

        // The one fault that a browser tells of is the page that is not there.
        Assert.All(browser.Errors, error => Assert.Contains("404", error, StringComparison.Ordinal));
    }

    private const string Widest = """
        [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5).map(element => `${element.tagName}.${element.className}`).join(', ')
        """;

    /// <summary>All panels have their answers, and all charts are drawn.</summary>
    private static async Task SettlesAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-panel-state=pending]")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator(".chart-canvas:not([data-chart])")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
    }

    private static string PictureOf(string address, string theme, int width)
    {
        var name = new StringBuilder();
        foreach (var character in address.Replace(Uri.EscapeDataString(User), "somebody", StringComparison.Ordinal))
        {
            name.Append(char.IsLetterOrDigit(character) ? character : '-');
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name.ToString().Trim('-')}-{theme}-{width}.png").TrimStart('-'));
    }

    private static string Describe(string address, string theme, int width, AxeResult axe)
    {
        var violations = axe.Violations.Where(violation => Grave.Contains(violation.Impact)).Select(violation =>
            $"{violation.Impact} {violation.Id}: {violation.Help}\n"
            + string.Join('\n', violation.Nodes.Take(MostToldNodes).Select(node => $"  {node.Html}: {string.Join("; ", node.Any.Select(check => check.Message))}")));
        return string.Create(CultureInfo.InvariantCulture, $"{address}, {theme}, {width} px:\n{string.Join('\n', violations)}");
    }

    /// <summary>Somebody in a team who created and completed a task.</summary>
    private async Task HaveDataAsync()
    {
        if (await application.SummaryAsync(User) is not null)
        {
            return;
        }

        var members = new TeamUpdate("The gallery", [User]);
        using var team = await application.Dashboard.PutAsJsonAsync($"/api/teams/{Team}", members, PulseBoardApplication.Json);
        team.EnsureSuccessStatusCode();
        var start = DateTimeOffset.UtcNow.AddDays(-3);
        var events = Enumerable.Range(0, 60).SelectMany(index => (object[])
        [
            new { user = User, type = "task_created", timestamp = start.AddHours(index), data = new { task_id = $"G-{index}" } },
            new { user = User, type = "task_completed", timestamp = start.AddHours(index + 5), data = new { task_id = $"G-{index}" } },
        ]);
        using var batch = await application.Activity.PostAsJsonAsync("/api/activity/batch", events, PulseBoardApplication.Json);
        batch.EnsureSuccessStatusCode();
        await application.CountedAsync(User, 120);
    }
}
