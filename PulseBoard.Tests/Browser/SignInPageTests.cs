using System.Net.Http.Json;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class SignInPageTests(SecuredSystem secured) : IClassFixture<SecuredSystem>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = (float)Eventually.DefaultLimit.TotalMilliseconds };

    [Fact]
    public async Task A_person_signs_in_sees_the_board_live_and_signs_out_on_every_page()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(secured.Web.Address);
        await EnterAsync(page, TestSecrets.SignInPassword);
        await Chromium.BecomesInteractiveAsync(page);

        var user = PulseBoardApplication.NewUser();
        await PostAsync(user);
        await Expect(page, $"[data-panel=feed] [title='{user}']").ToBeVisibleAsync(Visible);

        var another = await page.Context.NewPageAsync();
        await another.GotoAsync(secured.Web.Address.ToString());
        await Chromium.BecomesInteractiveAsync(another);
        await Expect(another, "#send-event").ToContainTextAsync("authorization: Bearer <ingestion key>");
        await another.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(another, "[role=status]").ToHaveTextAsync("You are signed out.");

        // The first page is still open. It asks for its session when somebody looks at it again.
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(page, "#password").ToBeVisibleAsync(Visible);
        Assert.DoesNotContain(browser.Errors, error => !error.Contains("401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_too_many_of_them_are_throttled()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenPageAsync(secured.Web.Address);
        await Assertions.Expect(page.Locator("#password")).ToBeFocusedAsync();

        await EnterAsync(page, "a wrong one");
        await Expect(page, "[role=alert]").ToContainTextAsync("That is not the password.");
        await EnterAsync(page, "another");
        await Expect(page, "[role=alert]").ToContainTextAsync("That is not the password.");
        await EnterAsync(page, TestSecrets.SignInPassword);
        await Expect(page, "[role=alert]").ToContainTextAsync("Too many attempts have failed. Try again in ");
    }

    private static ILocatorAssertions Expect(IPage page, string selector) => Assertions.Expect(page.Locator(selector));

    private static async Task EnterAsync(IPage page, string password)
    {
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private async Task PostAsync(string user)
    {
        using var client = new HttpClient { BaseAddress = secured.Web.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestSecrets.IngestionKey);
        using var response = await client.PostAsJsonAsync("/api/activity", new { user, type = "task_created" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
