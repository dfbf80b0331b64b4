using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>The dashboard's pages in a real browser, with what the whole of PulseBoard tells them.</summary>
public sealed class PagesTests(WatchedSystem watched) : IClassFixture<WatchedSystem>
{
    private const int Height = 900;

    private static readonly int[] Widths = [1440, 390];
    private static readonly string[] Grave = ["serious", "critical"];
    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = Chromium.Limit };

    [Fact]
    public async Task An_events_whole_way_is_one_waterfall()
    {
        var trace = await PostAsync();
        await using var browser = await Chromium.LaunchAsync();

        var page = await browser.OpenPageAsync(watched.Link($"/traces?text={trace}"));
        await page.Locator($"a[href^='/traces/{trace}']").First.ClickAsync(new() { Timeout = Chromium.Limit });

        var spans = page.Locator("[role=treegrid] .span-row");
        foreach (var (service, name) in new[]
        {
            ("activity", "POST /api/activity"), ("activity", "commit events"), ("activity", "publish batch"),
            ("analytics", "count batches"), ("dashboard", "process pulseboard:metrics:changed"),
        })
        {
            await Assertions.Expect(spans.Filter(new() { HasText = service }).Filter(new() { HasText = name }).First).ToBeVisibleAsync(Visible);
        }

        await spans.Filter(new() { HasText = "commit events" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("pulseboard.batch.id").First).ToBeVisibleAsync(Visible);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_resource_is_stopped_and_started_on_its_page()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(watched.Link("/"));
        var web = page.Locator("tr").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = "web", Exact = true }) });
        await Assertions.Expect(web).ToContainTextAsync("Running", new() { Timeout = Chromium.Limit });

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop web" }).ClickAsync();
        await Assertions.Expect(web).ToContainTextAsync("Finished", new() { Timeout = Chromium.Limit });

        await page.GetByRole(AriaRole.Button, new() { Name = "Start web" }).ClickAsync();
        await Assertions.Expect(web).ToContainTextAsync("Healthy", new() { Timeout = Chromium.Limit });
    }

    [Fact]
    public async Task A_crash_is_told_on_any_page_at_once()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(watched.Link("/metrics"));
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(Visible);

        await watched.System.KillAsync("dashboard");
        try
        {
            await Assertions.Expect(page.Locator(".notices .notice").Filter(new() { HasText = "dashboard" })).ToBeVisibleAsync(Visible);
        }
        finally
        {
            await watched.System.StartAsync("dashboard");
        }
    }

    [Fact]
    public async Task A_console_is_shown_as_it_is_written()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(watched.Link("/consolelogs/analytics"));

        await Assertions.Expect(page.GetByText("Application started", new() { Exact = false }).First).ToBeVisibleAsync(Visible);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Logs_are_filtered_by_what_the_address_says()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(watched.Link("/structuredlogs?resource=activity&text=Application+started"));

        var rows = page.Locator("table.logs tbody tr");
        await Assertions.Expect(rows.First).ToContainTextAsync("Application started", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await rows.First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("Microsoft.Hosting.Lifetime", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_metric_is_a_chart_and_a_table()
    {
        await PostAsync();
        await using var browser = await Chromium.LaunchAsync();
        const string Instrument = "/metrics/activity?meter=PulseBoard.Activity&instrument=pulseboard.ingestion.events";

        var page = await browser.OpenPageAsync(watched.Link(Instrument));
        await Assertions.Expect(page.Locator(".chart-canvas canvas, .chart-canvas svg").First).ToBeVisibleAsync(Visible);
        await Assertions.Expect(page.Locator(".legend")).ToContainTextAsync("accepted", new() { Timeout = Chromium.Limit });

        await page.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();
        await Assertions.Expect(page.Locator("table").Filter(new() { HasText = "accepted" })).ToBeVisibleAsync(Visible);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Who_has_no_token_is_asked_for_it()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(watched.Dashboard.Addresses.Pages);

        await page.GetByLabel("Token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fault")).ToBeVisibleAsync(Visible);

        await page.GetByLabel("Token").FillAsync(watched.Dashboard.LoginLink.Query["?t=".Length..]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Resources" })).ToBeVisibleAsync(Visible);
    }

    [Theory]
    [InlineData("/", "light")]
    [InlineData("/", "dark")]
    [InlineData("/consolelogs/web", "light")]
    [InlineData("/consolelogs/web", "dark")]
    [InlineData("/structuredlogs", "light")]
    [InlineData("/structuredlogs", "dark")]
    [InlineData("/traces", "light")]
    [InlineData("/traces", "dark")]
    [InlineData("/traces/{id}", "light")]
    [InlineData("/traces/{id}", "dark")]
    [InlineData("/metrics/activity?meter=System.Runtime&instrument=dotnet.gc.heap.total_allocated", "light")]
    [InlineData("/metrics/activity?meter=System.Runtime&instrument=dotnet.gc.heap.total_allocated", "dark")]
    public async Task A_page_is_accessible_and_fits_every_width(string address, string theme)
    {
        var trace = await PostAsync();
        await TraceArrivesAsync(trace);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(
            watched.Link(address.Replace("{id}", trace, StringComparison.Ordinal)),
            new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync(Visible);
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(Visible);

        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, Height);
            await page.ScreenshotAsync(new() { Path = PictureOf(address, theme, width) });

            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{address} is wider than {width} pixels.");
            var axe = await page.RunAxe();
            var grave = axe.Violations.Where(violation => Grave.Contains(violation.Impact)).ToArray();
            Assert.True(grave.Length == 0, string.Join('\n', grave.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")));
        }

        Assert.Empty(browser.Errors);
    }

    /// <summary>Posts an event in a trace of its own.</summary>
    private async Task<string> PostAsync()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var client = watched.System.CreateClient("activity");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/activity")
        {
            Content = JsonContent.Create(new { user = "watched@example.com", type = "task_created" }),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01" } },
        };
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return trace;
    }

    private async Task TraceArrivesAsync(string trace)
    {
        using var client = await watched.Dashboard.SignInAsync();
        await Eventually.BecomesAsync(
            "the trace to arrive",
            async () =>
            {
                using var response = await client.GetAsync($"/api/traces/{trace}");
                return response.StatusCode;
            },
            status => status == HttpStatusCode.OK);
    }

    private static string PictureOf(string address, string theme, int width)
    {
        var name = address.Split('?')[0].Trim('/').Replace('/', '-') is { Length: > 0 } page ? page : "resources";
        return Path.Combine(AppContext.BaseDirectory, "screenshots", "developer-dashboard", $"{name.Replace("{id}", "waterfall", StringComparison.Ordinal)}-{theme}-{width}.png");
    }
}
