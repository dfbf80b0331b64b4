using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Browser;

[Collection(ApplicationCollection.Name)]
public sealed partial class SendPageTests(PulseBoardApplication application, SecuredSystem secured) : IClassFixture<SecuredSystem>
{
    private static readonly LocatorAssertionsToContainTextOptions Shown = new() { Timeout = Chromium.Limit };

    private Uri Address => new(application.Web.BaseAddress!, "/send");

    [Fact]
    public async Task An_event_that_is_typed_is_sent_and_the_page_says_when_it_is_counted()
    {
        var user = PulseBoardApplication.NewUser();
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);

        await page.GetByLabel("Person").FillAsync(user);
        await page.GetByLabel("Type").FillAsync("coffee \"strong\"");
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync("2026-01-02T03:04:05+01:00");
        await page.GetByLabel("Data").FillAsync("""{"cups": 2}""");
        await SendAsync(page);

        await Assertions.Expect(page.Locator(".came-back strong")).ToHaveTextAsync("202 Accepted", new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[data-counted=counted]")).ToContainTextAsync("Counted after", Shown);
        var eventId = EventId().Match(await page.Locator("#answer-body").InnerTextAsync()).Value;
        var stored = await application.Activity.GetFromJsonAsync<StoredActivity>($"/api/activity/{eventId}", PulseBoardApplication.Json);
        Assert.Equal(
            (user, "coffee \"strong\"", new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), 2),
            (stored!.User, stored.Type, stored.Timestamp, stored.Data!.Value.GetProperty("cups").GetInt32()));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_what_was_typed_stays()
    {
        var user = PulseBoardApplication.NewUser();
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);
        var (person, type, time, data) = (page.GetByLabel("Person"), page.GetByLabel("Type"), page.GetByLabel("Time", new() { Exact = true }), page.GetByLabel("Data"));

        await person.FillAsync(user);
        await time.FillAsync("yesterday");
        await data.FillAsync("[1, 2]");
        await SendAsync(page);

        await ExpectFaultAsync(page, type, "'type' is empty");
        await ExpectFaultAsync(page, time, "'timestamp' must be an ISO 8601 date and time");
        await ExpectFaultAsync(page, data, "'data' must be a JSON object, not an array.");
        Assert.Null(await person.GetAttributeAsync("aria-invalid"));
        await Assertions.Expect(page.Locator(".came-back strong")).ToHaveTextAsync("400 Bad Request");
        Assert.Equal((user, "yesterday", "[1, 2]"), (await person.InputValueAsync(), await time.InputValueAsync(), await data.InputValueAsync()));

        await type.FillAsync("login");
        await time.FillAsync("");
        await data.FillAsync("""{"cups": }""");
        await SendAsync(page);
        await ExpectFaultAsync(page, data, "This is not valid JSON");
        await Assertions.Expect(page.Locator("[aria-invalid]")).ToHaveCountAsync(1);

        await data.FillAsync("""{"cups": 1}""");
        await SendAsync(page);
        await Assertions.Expect(page.Locator("[data-counted=counted]")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });
        await Assertions.Expect(page.Locator("[aria-invalid]")).ToHaveCountAsync(0);
        await application.CountedAsync(user, 1);
    }

    /// <summary>As the page shows them; where the machine does not have the program, there is nothing to run.</summary>
    [Theory]
    [InlineData("curl", "bash")]
    [InlineData("python", "python3", "-")]
    [InlineData("javascript", "node", "--input-type=module", "-")]
    public async Task A_program_of_the_page_sends_an_event(string key, string program, params string[] arguments)
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);

        if (await RunAsync(await ReadSnippetAsync(page, key), key, program, arguments) is { } output)
        {
            await AssertSentAsync(output);
        }
    }

    [Fact]
    public async Task The_programs_are_reached_and_chosen_with_the_keyboard()
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);

        // Where a page that has just come to life puts the focus; what is done before it would be undone.
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync(new() { Timeout = Chromium.Limit });
        await page.GetByRole(AriaRole.Tab, new() { Name = "curl" }).FocusAsync();
        foreach (var (key, name) in new[] { ("ArrowRight", "C#"), ("ArrowLeft", "curl"), ("ArrowLeft", "JavaScript") })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = name })).ToBeFocusedAsync(new() { Timeout = Chromium.Limit });
            await Assertions.Expect(page.GetByRole(AriaRole.Tabpanel)).ToHaveAttributeAsync("aria-labelledby", Id(name), new() { Timeout = Chromium.Limit });
        }

        static string Id(string name) => name switch { "C#" => "tab-csharp", "curl" => "tab-curl", _ => "tab-javascript" };
    }

    [Fact]
    public async Task Whoever_is_signed_in_needs_the_key_to_send_and_the_programs_say_where_it_goes()
    {
        var user = PulseBoardApplication.NewUser();
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenSignedInAsync(secured, "/send");

        await page.GetByLabel("Person").FillAsync(user);
        await page.GetByLabel("Type").FillAsync("login");
        await SendAsync(page);
        await Assertions.Expect(page.Locator("#send [role=alert]")).ToContainTextAsync("ingestion key", Shown);
        Assert.Equal(user, await page.GetByLabel("Person").InputValueAsync());

        await page.GetByLabel("Ingestion key").FillAsync(TestSecrets.IngestionKey);
        await SendAsync(page);
        await Assertions.Expect(page.Locator("[data-counted=counted]")).ToContainTextAsync("Counted after", Shown);
        await application.CountedAsync(user, 1);

        foreach (var (key, program, arguments) in new (string, string, string[])[]
        {
            ("curl", "bash", []), ("python", "python3", ["-"]), ("javascript", "node", ["--input-type=module", "-"]),
        })
        {
            var snippet = await ReadSnippetAsync(page, key);
            Assert.Contains("Bearer <ingestion key>", snippet, StringComparison.Ordinal);
            if (await RunAsync(snippet.Replace("<ingestion key>", TestSecrets.IngestionKey, StringComparison.Ordinal), key, program, arguments) is { } output)
            {
                await AssertSentAsync(output);
            }
        }

        Assert.Contains("new(\"Bearer\", \"<ingestion key>\")", await ReadSnippetAsync(page, "csharp"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        await using var browser = await Chromium.LaunchAsync();
        var page = await browser.OpenAsync(Address);
        await page.SetViewportSizeAsync(width, 900);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Python" }).ClickAsync();
        await Assertions.Expect(page.Locator("#snippet-python")).ToBeVisibleAsync(new() { Timeout = Chromium.Limit });

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static Task SendAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

    private static async Task ExpectFaultAsync(IPage page, ILocator field, string fault)
    {
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true", new() { Timeout = Chromium.Limit });
        var described = (await field.GetAttributeAsync("aria-describedby"))!.Split(' ');
        await Assertions.Expect(page.Locator($"#{described[0]}")).ToContainTextAsync(fault, Shown);
    }

    private static async Task<string> ReadSnippetAsync(IPage page, string key) => (await page.Locator($"#snippet-{key}").TextContentAsync())!;

    /// <summary>Runs a program that is typed into its interpreter.</summary>
    /// <returns>What it wrote; null where the machine cannot run it.</returns>
    private static async Task<string?> RunAsync(string snippet, string key, string program, string[] arguments)
    {
        if (key == "curl" && !IsInstalled("curl"))
        {
            return null;
        }

        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(snippet);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Eventually.DefaultLimit);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private async Task AssertSentAsync(string output)
    {
        Assert.Contains("202", output, StringComparison.Ordinal);
        var stored = await application.Activity.GetFromJsonAsync<StoredActivity>($"/api/activity/{EventId().Match(output).Value}", PulseBoardApplication.Json);
        Assert.Equal(("alex@example.com", "task_created"), (stored!.User, stored.Type));
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex EventId();
}
