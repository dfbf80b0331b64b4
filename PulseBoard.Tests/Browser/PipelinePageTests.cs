using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class PipelinePageTests(PulseBoardApplication application, SecuredSystem secured) : IClassFixture<SecuredSystem>
{
    private const string Error = "22003: a test made it so";

    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = Chromium.Limit };
    private static readonly LocatorAssertionsToContainTextOptions Shown = new() { Timeout = Chromium.Limit };
    private static readonly LocatorAssertionsToHaveCountOptions Counted = new() { Timeout = Chromium.Limit };

    private Uri Address => new(application.Web.BaseAddress!, "/pipeline");

    [Fact]
    public async Task An_event_a_duplicate_and_a_refused_one_are_accounted_for_on_an_open_page()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);
        await Assertions.Expect(page.Locator("#parts [data-part=analytics]")).ToHaveAttributeAsync("data-state", "up", new() { Timeout = Chromium.Limit });
        var before = await ReadAsync(page);

        var receipt = await application.PostAsync(PulseBoardApplication.NewUser(), "task_created");
        await application.PostAsync(PulseBoardApplication.NewUser(), "task_created", receipt.EventId);
        using (var refused = await application.Activity.PostAsJsonAsync("/api/activity", new { user = PulseBoardApplication.NewUser(), type = new string('x', 51) }))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        var after = await Eventually.BecomesAsync(
            "all three on the page",
            () => ReadAsync(page),
            now => now.Accepted > before.Accepted && now.Duplicates > before.Duplicates && now.Rejected > before.Rejected && now.Counted > before.Counted);
        Assert.Equal(after.Received, after.Accepted + after.Duplicates + after.Rejected);
        Assert.Equal(after.Stored, after.Counted + after.Pending + after.Dead + after.Discarded);
        await Assertions.Expect(page.Locator("[data-code=too_long]")).ToContainTextAsync("'user' or 'type' has too many characters.", Shown);
        await Assertions.Expect(page.Locator("#rates .chart-canvas")).ToHaveAttributeAsync("data-chart", new Regex("\"counted\":{.*:[1-9]"), new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task The_first_paint_has_the_figures()
    {
        var html = await application.Web.GetStringAsync(Address);

        Assert.Contains("data-figure=\"counted\"", html, StringComparison.Ordinal);
        Assert.Contains("data-panel=\"reconciliation\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("skeleton", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_batch_is_listed_expanded_discarded_on_the_second_asking_and_replayed()
    {
        var dead = await DeadBatch.StoreAsync(application, Error);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);
        var row = page.Locator($"[data-batch='{dead.BatchId}']");

        await Assertions.Expect(row).ToContainTextAsync(Error, Shown);
        await Assertions.Expect(page.Locator(".verdict")).ToContainTextAsync("Some stored events could not be counted.", Shown);
        await row.Locator(".expand").ClickAsync();
        await Assertions.Expect(page.Locator($"[data-event='{dead.EventId}']")).ToContainTextAsync("task created", Shown);

        await row.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Really discard?" }).ClickAsync();
        await Assertions.Expect(page.Locator("#dead [data-outcome=done]")).ToContainTextAsync("1 event is given up.", Shown);
        await Assertions.Expect(row).ToHaveCountAsync(0, Counted);

        await page.GetByRole(AriaRole.Button, new() { Name = "Discarded" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("#dead [data-outcome=done]")).ToContainTextAsync("1 event is on the way once more.", Shown);
        await Assertions.Expect(row).ToHaveCountAsync(0, Counted);
        await application.CountedAsync(dead.User, 1);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task All_dead_batches_are_replayed_at_once()
    {
        var batches = new[] { await DeadBatch.StoreAsync(application, Error), await DeadBatch.StoreAsync(application, Error) };
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Replay all" }).ClickAsync(new() { Timeout = Chromium.Limit });

        await Assertions.Expect(page.Locator("#dead [data-outcome=done]")).ToContainTextAsync("2 batches are on the way once more.", Shown);
        foreach (var batch in batches)
        {
            await application.CountedAsync(batch.User, 1);
        }

        await Assertions.Expect(page.Locator("[data-batch]")).ToHaveCountAsync(0, Counted);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Whoever_is_signed_in_and_has_no_token_is_told_so_in_words_and_can_enter_it()
    {
        var dead = await DeadBatch.StoreAsync(application, Error);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenSignedInAsync(secured, "/pipeline");
        var row = page.Locator($"[data-batch='{dead.BatchId}']");

        await row.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("#dead [data-outcome=fault]")).ToContainTextAsync("administrator token", Shown);
        await Assertions.Expect(row).ToBeVisibleAsync();

        await page.GetByLabel("Administrator token").FillAsync(TestSecrets.AdministratorToken);
        await row.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Assertions.Expect(page.Locator("#dead [data-outcome=done]")).ToBeVisibleAsync(Visible);
        await Assertions.Expect(page.Locator("#dead [data-outcome=fault]")).ToHaveCountAsync(0, Counted);
        await application.CountedAsync(dead.User, 1);
        Assert.Empty(browser.Errors);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        var dead = await DeadBatch.StoreAsync(application, $"{Error}: {new string('x', 200)}");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);
        await page.SetViewportSizeAsync(width, 900);

        var row = page.Locator($"[data-batch='{dead.BatchId}']");
        await row.Locator(".expand").ClickAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator($"[data-event='{dead.EventId}']")).ToBeVisibleAsync(Visible);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        await row.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await application.CountedAsync(dead.User, 1);
    }

    private static async Task<Account> ReadAsync(IPage page)
    {
        // All at once: between two looks the page may have gone on.
        var figures = await page.EvaluateAsync<Dictionary<string, string>>(
            "Object.fromEntries([...document.querySelectorAll('[data-figure]')].map(figure => [figure.dataset.figure, figure.querySelector('dd').textContent]))");
        return new(
            Of("received"), Of("accepted"), Of("duplicates"), Of("rejected"), Of("stored"), Of("counted"), Of("pending"), Of("dead"), Of("discarded"));

        long Of(string figure) => long.Parse(figures[figure], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private sealed record Account(
        long Received, long Accepted, long Duplicates, long Rejected, long Stored, long Counted, long Pending, long Dead, long Discarded);
}
