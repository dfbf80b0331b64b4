using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Activity.Ingestion;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Recomputation;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;
using PulseBoard.Tests.Analytics;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

namespace PulseBoard.Tests.Metrics;

/// <summary>
/// A read API of a test's own, with what it answers from: a database in the application's Postgres, in which events are stored by the
/// ingestion's own code and counted by the worker's, when the test says so. What is stored is kept in memory as well, for the plain
/// recomputation.
/// </summary>
internal sealed class MetricsSystem : IAsyncDisposable
{
    // The application has the first of the sixteen that Redis has.
    private const int MostRedisDatabases = 15;

    private static int _systems;

    private readonly List<IAsyncDisposable> _parts = [];
    private ConnectionMultiplexer? _redis;

    private MetricsSystem()
    {
    }

    public PlainActivity Activity { get; } = new();

    public PlainZone ReportingZone { get; private init; } = null!;

    public RollupDatabase Database { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The instant of the first start, which nothing happens after.</summary>
    public DateTimeOffset Now { get; } = new(DateTimeOffset.UtcNow.Ticks / 10 * 10, TimeSpan.Zero);

    private IServiceProvider Worker { get; set; } = null!;

    /// <param name="application">Whose servers are used.</param>
    /// <param name="reportingZone">The zone of worker and read API.</param>
    /// <param name="settings">More settings of the read API.</param>
    public static async Task<MetricsSystem> StartAsync(
        PulseBoardApplication application, string reportingZone = "UTC", params KeyValuePair<string, string?>[] settings)
    {
        var system = new MetricsSystem { ReportingZone = new(reportingZone) };
        try
        {
            await system.StartPartsAsync(application, settings);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        Client?.Dispose();
        _redis?.Dispose();
    }

    /// <summary>Stores events in batches of any size, as ingestion does.</summary>
    /// <returns>The batches, not counted yet.</returns>
    public async Task<Guid[]> StoreAsync(Random random, IReadOnlyCollection<PlainEvent> events)
    {
        const int LargestBatch = 400;
        var store = new EventStore(Worker.GetRequiredService<DatabaseConnections>());
        var rest = events.ToArray();
        random.Shuffle(rest);
        var batches = new List<Guid>();
        for (var stored = 0; stored < rest.Length;)
        {
            var batch = rest.Skip(stored).Take(random.Next(1, LargestBatch)).ToList();
            stored += batch.Count;
            batches.Add(Guid.CreateVersion7());
            await store.StoreAsync(
                batches[^1],
                [.. batch.Select(happened => new ActivityEvent(happened.Id, happened.User, happened.Type, happened.At, happened.Data, happened.ReceivedAt))],
                TimeSpan.Zero,
                traceParent: null,
                CancellationToken.None);
        }

        return [.. batches];
    }

    /// <summary>Counts batches, a few at once.</summary>
    public async Task CountAsync(Random random, IReadOnlyCollection<Guid> batches)
    {
        const int MostAtOnce = 6;
        var store = Worker.GetRequiredService<RollupStore>();
        for (var rest = batches.ToArray(); rest.Length > 0;)
        {
            var count = random.Next(1, Math.Min(rest.Length, MostAtOnce) + 1);
            await store.CountAsync(rest[..count], CancellationToken.None);
            rest = rest[count..];
        }
    }

    /// <summary>Has events happen: they are stored, counted, and known to the plain recomputation.</summary>
    public async Task AddAsync(Random random, IReadOnlyCollection<PlainEvent> events)
    {
        await CountAsync(random, await StoreAsync(random, events));
        Activity.Add(events);
    }

    /// <summary>Brings what was counted to where the read side finds it fastest.</summary>
    public Task CompactAsync() => Worker.GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);

    /// <summary>Has the worker recompute months.</summary>
    /// <param name="months">The first day of each.</param>
    public async Task RecomputeAsync(IEnumerable<DateOnly> months)
    {
        foreach (var month in months)
        {
            await Database.ExecuteAsync(
                "INSERT INTO recomputations (recomputation_id, from_date, to_date, next_date) VALUES ($1, $2, $3, $2)",
                Guid.CreateVersion7(),
                month,
                month.AddMonths(1).AddDays(-1));
        }

        var recomputer = Worker.GetRequiredService<Recomputer>();
        await recomputer.StartAsync(CancellationToken.None);
        await Eventually.BecomesAsync(
            "the recomputations to be finished",
            () => Database.QueryAsync<long>("SELECT count(*) FROM recomputations WHERE finished_at IS NULL"),
            open => open == 0);
        await recomputer.StopAsync(CancellationToken.None);
        Assert.Null(await Database.QueryAsync<string>("SELECT error FROM recomputations WHERE error IS NOT NULL LIMIT 1"));
    }

    /// <summary>Writes who is who as the plain recomputation has it.</summary>
    public async Task WritePeopleAsync()
    {
        await Database.ExecuteAsync("DELETE FROM people");
        await Database.ExecuteAsync("DELETE FROM teams");
        foreach (var (team, name) in Activity.Teams)
        {
            await Database.ExecuteAsync("INSERT INTO teams (team, display_name) VALUES ($1, nullif($2, ''))", team, name ?? "");
        }

        foreach (var (user, person) in Activity.People)
        {
            await Database.ExecuteAsync(
                "INSERT INTO people (user_id, display_name, team) VALUES ($1, nullif($2, ''), nullif($3, ''))", user, person.Name ?? "", person.Team ?? "");
        }
    }

    /// <summary>Tells the read API that metrics changed, as whoever changes them does, and waits until it knows.</summary>
    public async Task TellAsync()
    {
        var sentinel = $"/api/metrics/heatmap?user=sentinel-{Guid.NewGuid():N}";
        await Eventually.BecomesAsync("an answer to be kept", () => AskAsync(sentinel), answer => answer.CacheStatus == "HIT");
        await _redis!.GetDatabase().ScriptEvaluateAsync(
            MetricsVersion.Bump,
            [MetricsVersion.Key],
            [MetricsVersion.ChangedChannel, MetricsNotice.Describe(MetricsChange.Everything, traceParent: null)],
            CommandFlags.NoScriptCache);
        await Eventually.BecomesAsync("the read API to know of the change", () => AskAsync(sentinel), answer => answer.CacheStatus != "HIT");
    }

    /// <summary>Asks for JSON.</summary>
    public async Task<MetricsAnswer> AskAsync(string url)
    {
        using var response = await Client.GetAsync(new Uri(url, UriKind.Relative));
        var cacheStatus = response.Headers.TryGetValues("X-Cache-Status", out var values) ? values.Single() : null;
        return new(response.StatusCode, cacheStatus, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Does something that only administrators may.</summary>
    public async Task<HttpResponseMessage> AdministerAsync(HttpMethod method, string url, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", TestSecrets.AdministratorToken);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: PulseBoardApplication.Json);
        var response = await Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{method} {url}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response;
    }

    /// <summary>Asks questions, and asserts that each answer is what the plain recomputation says; some of them in the other formats too.</summary>
    /// <param name="seed">Whatever the questions were made of, for whoever must ask them again.</param>
    /// <param name="questions">The questions.</param>
    public async Task AssertAnswersAsync(string seed, IEnumerable<MetricsQuestion> questions)
    {
        const int OneInOtherFormats = 4;
        var differences = new List<string>();
        var asked = 0;
        foreach (var question in questions)
        {
            if (await DifferenceAsync(question, asked++ % OneInOtherFormats == 0) is { } difference)
            {
                differences.Add($"GET {question.Url}\n    {difference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {asked} answers are wrong ({seed}):\n{string.Join('\n', differences)}");
    }

    /// <summary>Reads a random list of events page by page and as exports, and asserts that it is what the plain recomputation says.</summary>
    public async Task AssertEventsAsync(string seed, RandomQuestions questions, Random random)
    {
        const int MostPages = 500;
        var (query, expected) = questions.Events(DateTimeOffset.UtcNow);
        var limit = random.Next(1, 8) * (1 + (expected.Count / 40));
        var url = string.Create(CultureInfo.InvariantCulture, $"/api/events?limit={limit}&{query}");

        var found = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            Assert.True(page < MostPages, $"GET {url} ({seed}) has no end.");
            var answer = await AskAsync(cursor is null ? url : $"{url}&cursor={cursor}");
            Assert.True(answer.Status == HttpStatusCode.OK, $"GET {url} ({seed}): {answer.Status} {answer.Body}");
            var events = answer.Json.GetProperty("events");
            Assert.InRange(events.GetArrayLength(), 0, limit);
            found.AddRange(events.EnumerateArray());
            cursor = answer.Json.GetProperty("next").GetString();
        }

        var difference = AnswerDifference.First(ToJson(expected), ToJson(found))
            ?? await FormatDifferenceAsync(new("/api/events", query, _ => expected), expected);
        Assert.True(difference is null, $"GET {url} ({seed}):\n    {difference}");
    }

    private static JsonElement ToJson(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), PulseBoardApplication.Json);

    private async Task<string?> DifferenceAsync(MetricsQuestion question, bool inEveryFormat)
    {
        while (true)
        {
            var before = DateTimeOffset.UtcNow;
            var expected = question.Answer(before);
            var difference = DifferenceOf(await AskAsync(question.Url), expected)
                ?? (inEveryFormat && expected is not null ? await FormatDifferenceAsync(question, expected) : null);

            // A day may have begun meanwhile, somewhere.
            if (difference is null || QuarterHour.Of(before) == QuarterHour.Of(DateTimeOffset.UtcNow))
            {
                return difference;
            }
        }
    }

    private static string? DifferenceOf(MetricsAnswer answer, object? expected)
    {
        var status = expected is null ? HttpStatusCode.NotFound : HttpStatusCode.OK;
        if (answer.Status != status)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(int)status} expected: {(int)answer.Status} {answer.Body}");
        }

        return expected is null ? null : AnswerDifference.First(ToJson(expected), answer.Json);
    }

    /// <summary>NDJSON beside what the rows should be, and CSV beside NDJSON.</summary>
    private async Task<string?> FormatDifferenceAsync(MetricsQuestion question, object expected)
    {
        var lines = (await ReadAsync(question, "application/x-ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        if (AnswerDifference.First(ToJson(PlainTables.Of(expected)), ToJson(rows)) is { } difference)
        {
            return $"NDJSON {difference}";
        }

        using var csv = new CsvParser(new StringReader(await ReadAsync(question, "text/csv")), CultureInfo.InvariantCulture);
        csv.Read();
        var columns = csv.Record!;
        var row = 0;
        for (; csv.Read(); row++)
        {
            var wrong = columns.Zip(csv.Record!).FirstOrDefault(cell => row >= rows.Count || !IsCell(cell.Second, rows[row].GetProperty(cell.First)));
            if (wrong != default)
            {
                return $"CSV row {row}: {wrong.First} is '{wrong.Second}', and NDJSON has {(row < rows.Count ? rows[row].GetRawText() : "no such row")}";
            }
        }

        return row == rows.Count ? null : $"CSV has {row} rows, NDJSON has {rows.Count}";
    }

    // An apostrophe keeps a spreadsheet from taking a text for a formula.
    private static bool IsCell(string cell, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => cell.Length == 0,
        JsonValueKind.String => cell == value.GetString() || cell == $"'{value.GetString()}",
        JsonValueKind.Number => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number.Equals(value.GetDouble()),
        _ => AnswerDifference.First(value, JsonSerializer.Deserialize<JsonElement>(cell)) is null,
    };

    /// <summary>In another format: by the header or, as CSV where the path may have one, by an extension.</summary>
    private async Task<string> ReadAsync(MetricsQuestion question, string mediaType)
    {
        var byExtension = mediaType == "text/csv" && !question.Path.Contains("/people/", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri((byExtension ? question with { Path = $"{question.Path}.csv" } : question).Url, UriKind.Relative));
        request.Headers.Accept.Add(new(byExtension ? "application/json" : mediaType));
        using var response = await Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == mediaType,
            $"GET {question.Url} as {mediaType}: {response.StatusCode} {body}");
        return body;
    }

    private async Task StartPartsAsync(PulseBoardApplication application, KeyValuePair<string, string?>[] settings)
    {
        Database = await RollupDatabase.CreateAsync(application);
        _parts.Add(Database);

        // Keys of its own. Notices reach everybody on that server, and one too many does no harm.
        var number = (Interlocked.Increment(ref _systems) % MostRedisDatabases) + 1;
        var server = await application.ConnectionStringAsync("redis");
        var redis = string.Create(CultureInfo.InvariantCulture, $"{server},defaultDatabase={number},allowAdmin=true");
        _redis = await ConnectionMultiplexer.ConnectAsync(redis);
        await _redis.GetServer(_redis.GetEndPoints()[0]).FlushDatabaseAsync(number);

        Worker = Database.NewWorker(services => services.Configure<ReportingOptions>(options => options.TimeZone = ReportingZone.Id));
        var dashboard = await ServiceProcess.StartAsync(
            "Dashboard",
            [
                new("ConnectionStrings__pulseboard-db", Database.ConnectionString),
                new("ConnectionStrings__rabbitmq", await application.ConnectionStringAsync("rabbitmq")),
                new("ConnectionStrings__redis", redis),
                new("Access__ReadKey", TestSecrets.ReadKey),
                new("Access__AdministratorToken", TestSecrets.AdministratorToken),
                new("Reporting__TimeZone", ReportingZone.Id),
                .. settings,
            ]);
        _parts.Add(dashboard);
        Client = new() { BaseAddress = dashboard.Address };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", TestSecrets.ReadKey);
        Client.DefaultRequestHeaders.CacheControl = new() { NoCache = true };
        await TellAsync();
    }
}

/// <summary>What the read API answered.</summary>
internal sealed record MetricsAnswer(HttpStatusCode Status, string? CacheStatus, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}
