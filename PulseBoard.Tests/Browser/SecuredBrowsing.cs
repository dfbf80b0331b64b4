using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

/// <summary>Pages of a deployment, as somebody sees them who has signed in.</summary>
internal static class SecuredBrowsing
{
    /// <summary>Signs in on the way to a page, and waits until it is live.</summary>
    public static async Task<IPage> OpenSignedInAsync(this Chromium browser, SecuredSystem secured, string path)
    {
        var page = await browser.OpenPageAsync(new Uri(secured.Web.Address, path));
        await page.GetByLabel("Password").FillAsync(TestSecrets.SignInPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Chromium.BecomesInteractiveAsync(page);
        return page;
    }
}
