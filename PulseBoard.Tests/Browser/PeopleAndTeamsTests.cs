using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed class PeopleAndTeamsTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("{0}@example.com")]
    [InlineData("a/b+c d%2F{0}")]
    [InlineData("Zoë <b>&amp; {0}")]
    public async Task A_person_has_a_page_whatever_the_name_is(string form)
    {
        var user = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Guid.NewGuid().ToString("N"));
        await application.PostAsync(user, "task_created");
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 2);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/people?search={Uri.EscapeDataString(user)}"));

        await page.Locator("[data-panel=directory] tbody a").First.ClickAsync(new() { Timeout = Chromium.Limit });

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(user, new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("2", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-panel=calendar][data-panel-state=shown]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(user, new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("2", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_ranking_is_by_what_the_address_says()
    {
        var (one, other) = (PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());
        await application.PostAsync(one, "login");
        await application.PostAsync(one, "login");
        await application.PostAsync(other, "task_created");
        await application.CountedAsync(one, 2);
        await application.CountedAsync(other, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(
            new Uri(application.Web.BaseAddress!, $"/people?user={Uri.EscapeDataString(one)}&user={Uri.EscapeDataString(other)}"));
        var ranks = page.Locator("[data-rank]");
        await Assertions.Expect(ranks.First).ToHaveAttributeAsync("data-rank", one, new() { Timeout = Chromium.Limit });

        await page.GetByRole(AriaRole.Link, new() { Name = "tasks created" }).ClickAsync();

        await Assertions.Expect(ranks).ToHaveCountAsync(1, new() { Timeout = Chromium.Limit });
        await Assertions.Expect(ranks.First).ToHaveAttributeAsync("data-rank", other, new() { Timeout = Chromium.Limit });
        Assert.Contains("metric=tasks_created", page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_team_is_made_peopled_renamed_and_dissolved_by_hand()
    {
        var (user, team) = (PulseBoardApplication.NewUser(), $"t{Guid.NewGuid():N}");
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, "/teams"));

        await page.Locator("[data-edit=new-team]").FillAsync(team);
        await page.Locator("[data-edit=new-team]").PressAsync("Enter");
        await page.Locator($"[data-team='{team}'] a").ClickAsync(new() { Timeout = Chromium.Limit });

        await page.Locator("[data-edit=member]").FillAsync(user);
        await page.Locator("[data-edit=member]").PressAsync("Enter");
        await Assertions.Expect(page.Locator($"[data-member='{user}']")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-total=events] dd").First).ToHaveTextAsync("1", new() { Timeout = Chromium.Limit });

        await page.Locator("[data-edit=team-name]").FillAsync("The brave");
        await page.Locator("[data-edit=team-name]").PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The brave", new() { Timeout = Chromium.Limit });

        await page.Locator($"[data-member='{user}'] button").ClickAsync();
        await Assertions.Expect(page.Locator($"[data-member='{user}']")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });

        await page.GetByRole(AriaRole.Button, new() { Name = "Dissolve" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Really dissolve it" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/teams$"), new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-panel=teams][data-panel-state=shown]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator($"[data-team='{team}']")).ToHaveCountAsync(0, new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_file_assigns_people_and_says_by_line_what_is_wrong_with_it()
    {
        var (user, team) = (PulseBoardApplication.NewUser(), $"t{Guid.NewGuid():N}");
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, "/teams"));
        var panel = page.Locator("[data-panel=import]");

        await ImportAsync($"user,display_name,team\n,Nobody,{team}\n");
        await Assertions.Expect(panel.Locator("[data-import-errors] tbody tr").First.Locator("td").First).ToHaveTextAsync("2", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(panel.Locator("[data-outcome=fault]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });

        await ImportAsync($"user,display_name,team\n{user},Zoë,{team}\n");
        await Assertions.Expect(panel.Locator("[data-outcome=done]")).ToContainTextAsync("1 people: 1 entered", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(panel.Locator("[data-import-errors]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator($"[data-team='{team}']")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });

        var person = await application.Dashboard.GetFromJsonAsync<Person>($"/api/people/{Uri.EscapeDataString(user)}", PulseBoardApplication.Json);
        Assert.Equal(("Zoë", team), (person!.DisplayName, person.Team));
        Assert.Empty(browser.Errors);

        Task ImportAsync(string lines) => panel.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(lines) });
    }

    [Fact]
    public async Task A_name_is_given_in_the_list_of_people()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "login");
        await application.CountedAsync(user, 1);
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(new Uri(application.Web.BaseAddress!, $"/people?search={Uri.EscapeDataString(user)}"));

        await page.GetByRole(AriaRole.Button, new() { Name = $"Change {user}" }).ClickAsync(new() { Timeout = Chromium.Limit });
        await page.Locator("[data-edit=name]").FillAsync("Kim");
        await page.Locator("[data-edit=name]").PressAsync("Enter");

        await Assertions.Expect(page.Locator($"[data-person='{user}'] [data-column=name]")).ToHaveTextAsync("Kim", new() { Timeout = Chromium.Limit });
        Assert.Empty(browser.Errors);
    }
}
