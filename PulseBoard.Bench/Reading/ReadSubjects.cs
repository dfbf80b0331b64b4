using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Bench.Reading;

/// <summary>Whom and what questions can be about, as the measured system knows them: real ones, so that there is something to read.</summary>
/// <param name="LastDay">The last day on which something happened, in the reporting zone.</param>
/// <param name="Zone">The reporting zone.</param>
/// <param name="Person">Somebody with as much activity as most.</param>
/// <param name="Five">Five people, from the busiest to the quietest.</param>
/// <param name="Teams">The teams, the busiest first.</param>
/// <param name="Type">The most frequent type.</param>
/// <param name="RareType">The least frequent one.</param>
internal sealed record ReadSubjects(
    DateOnly LastDay, string Zone, string Person, IReadOnlyList<string> Five, IReadOnlyList<string> Teams, string Type, string RareType)
{
    private const int SearchLength = 4;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A text that finds a few people.</summary>
    public string Search => Person[..Math.Min(SearchLength, Person.Length)];

    /// <summary>Asks the read API for them.</summary>
    /// <exception cref="BenchmarkException">It has too little to be measured.</exception>
    public static async Task<ReadSubjects> AskAsync(Uri dashboard, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = dashboard };
        var calendar = await GetAsync<MetricsCalendar>("calendar");
        var last = calendar.Days.LastOrDefault(day => day.Events > 0)?.Date
            ?? throw new BenchmarkException("Nothing happened in the last year: seed the system first.");

        var range = string.Create(CultureInfo.InvariantCulture, $"from={last.AddDays(-89):yyyy-MM-dd}&to={last:yyyy-MM-dd}");
        var people = Names(await GetAsync<MetricsLeaderboard>($"leaderboard?limit=1000&{range}"));
        var teams = Names(await GetAsync<MetricsLeaderboard>($"leaderboard?by=team&limit=1000&{range}"));
        var types = (await GetAsync<MetricsTimeSeries>($"timeseries?by=type&limit=100&{range}")).Series;
        return people.Length > 0 && teams.Length > 0
            ? new(
                last,
                calendar.Range.Tz,
                people[people.Length / 2],
                [.. Enumerable.Range(0, Math.Min(5, people.Length)).Select(number => people[number * people.Length / 5])],
                teams,
                types[0].Key!,
                types[^1].Key!)
            : throw new BenchmarkException("Nobody who acted is in a team: seed the system first.");

        static string[] Names(MetricsLeaderboard board) => [.. board.Entries.Select(entry => entry.Key).Where(key => key.Length > 0)];

        async Task<T> GetAsync<T>(string question) => (await client.GetFromJsonAsync<T>($"api/metrics/{question}", Json, cancellationToken))!;
    }
}
