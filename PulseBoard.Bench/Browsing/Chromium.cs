using Microsoft.Playwright;

namespace PulseBoard.Bench.Browsing;

/// <summary>The machine's own Chromium, headless, and what it complains of.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>How long something may take to be seen, in milliseconds.</summary>
    public static readonly float Limit = (float)TimeSpan.FromSeconds(60).TotalMilliseconds;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _errors = [];

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Errors on the pages' consoles and exceptions of their scripts.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public static async Task<Chromium> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            // It refuses its sandbox to root, and looks up its maker's hosts at each start.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>Opens an address, and waits until its circuit is live.</summary>
    public async Task<IPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        var page = await OpenPageAsync(address, options);
        await BecomesInteractiveAsync(page);
        return page;
    }

    /// <summary>Opens an address that may be a page without a circuit.</summary>
    public async Task<IPage> OpenPageAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        // A context of its own, in which the page can have others beside it.
        var context = await CreateContextAsync(options);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString(), new() { Timeout = Limit });
        return page;
    }

    /// <summary>A browser that was never used: no cache, no cookies.</summary>
    public async Task<IBrowserContext> CreateContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options);
        context.Page += (_, page) => Listen(page);
        return context;
    }

    /// <summary>Waits until a page's circuit is live.</summary>
    public static Task BecomesInteractiveAsync(IPage page) =>
        page.Locator("[data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = Limit });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Add(message.Text);
            }
        };
        page.PageError += (_, error) => Add(error);
    }

    private void Add(string error)
    {
        lock (_errors)
        {
            _errors.Add(error);
        }
    }

    // Playwright's own download of a browser is not used: one browser per machine, kept up to date by the machine.
    private static string Find() =>
        Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new BenchmarkException("Chromium is not installed. Run ./test.sh, which installs it, or install the package 'chromium'.");
}
