using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Playwright;
using PulseBoard.Bench.Browsing;

namespace PulseBoard.Bench.Freshness;

/// <summary>
/// How long a person waits to see what was just acknowledged: from the 202 to the changed number on a page that is open in a real
/// browser. Page and client read the same machine's clock, to the millisecond.
/// </summary>
internal static class FreshnessBenchmark
{
    private const int Posts = 30;

    /// <summary>Runs the measurement.</summary>
    /// <param name="args">The web address, or nothing.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var web = new Uri(args is [var address] ? address : "http://localhost:3000");
        if (!web.IsLoopback)
        {
            Console.Error.WriteLine("Loads are aimed at this machine only.");
            return 2;
        }

        using var client = new HttpClient { BaseAddress = web };
        await using var browser = await Chromium.LaunchAsync();
        var user = $"freshness-{Guid.NewGuid():N}@example.com";

        // Of this person: the lists of everybody have the busiest only.
        var page = await browser.OpenAsync(new Uri(web, $"/?user={Uri.EscapeDataString(user)}"));

        var answers = new List<double>();
        var shows = new List<double>();
        for (var count = 1; count <= Posts; count++)
        {
            var (answered, shown) = await PostAndWatchAsync(client, page, user, count);
            answers.Add(answered);
            shows.Add(shown);
        }

        Console.WriteLine($"POST to 202:        {new Percentiles(answers)}");
        Console.WriteLine($"202 to open page:   {new Percentiles(shows)}");
        return 0;
    }

    private static async Task<(double Answered, double Shown)> PostAndWatchAsync(HttpClient client, IPage page, string user, int count)
    {
        var shown = PersonOnPage.WatchAsync(page, user, count);

        var started = Stopwatch.GetTimestamp();
        using var response = await client.PostAsJsonAsync("/api/activity", new { user, type = "task_created" });
        var answered = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var acknowledgedAt = DateTimeOffset.UtcNow;
        response.EnsureSuccessStatusCode();

        return (answered, await PersonOnPage.ShownAsync(shown, acknowledgedAt));
    }
}
