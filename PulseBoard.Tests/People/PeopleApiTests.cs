using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

namespace PulseBoard.Tests.People;

[Collection(ApplicationCollection.Name)]
public sealed class PeopleApiTests(PulseBoardApplication application)
{
    private readonly HttpClient _dashboard = application.Dashboard;

    public static TheoryData<string, string, string?, string, string?> Refused => new()
    {
        { "PUT", "/api/people/alex", "{", "invalid_json", null },
        { "PUT", "/api/people/alex", "[]", "not_object", null },
        { "PUT", "/api/people/alex", "{\"name\":\"Alex\"}", "unknown_field", "name" },
        { "PUT", "/api/people/alex", "{\"team\":null,\"team\":\"core\"}", "invalid_json", null },
        { "PUT", "/api/people/alex", "{\"display_name\":5}", "not_text", "display_name" },
        { "PUT", "/api/people/alex", "{\"display_name\":\"\\ud800\"}", "invalid_json", null },
        { "PUT", "/api/people/alex", "{\"display_name\":\"a\\u0000b\"}", "control_character", "display_name" },
        { "PUT", "/api/people/alex", "{\"team\":\"a\\nb\"}", "control_character", "team" },
        { "PUT", "/api/people/alex", $"{{\"display_name\":\"{new string('x', 201)}\"}}", "too_long", "display_name" },
        { "PUT", "/api/people/alex", $"{{\"team\":\"{new string('x', 101)}\"}}", "too_long", "team" },
        { "PUT", "/api/people/alex", "{\"team\":\"no such team\"}", "unknown_team", "team" },
        { "PUT", "/api/people/%20", "{}", "required", "user" },
        { "PUT", $"/api/people/{new string('x', 101)}", "{}", "too_long", "user" },
        { "DELETE", $"/api/people/{new string('x', 101)}", null, "too_long", "user" },
        { "PUT", "/api/teams/%20", "{}", "required", "team" },
        { "PUT", "/api/teams/a%09b", "{}", "control_character", "team" },
        { "DELETE", "/api/teams/a%09b", null, "control_character", "team" },
        { "PUT", "/api/teams/core", "{\"members\":\"alex\"}", "not_array", "members" },
        { "PUT", "/api/teams/core", "{\"members\":[\"alex\",5]}", "not_text", "members" },
        { "PUT", "/api/teams/core", "{\"members\":[\"\"]}", "required", "members" },
        { "PUT", "/api/teams/core", "{\"members\":[\"a\\u0000\"]}", "not_storable", "members" },
        { "PUT", "/api/teams/core", "{\"people\":[]}", "unknown_field", "people" },
        { "GET", "/api/people?page=2", null, "unknown_parameter", "page" },
        { "GET", "/api/people?limit=0", null, "invalid_parameter", "limit" },
        { "GET", "/api/people?limit=1001", null, "invalid_parameter", "limit" },
        { "GET", "/api/people?limit=all", null, "invalid_parameter", "limit" },
        { "GET", "/api/people?search=a&search=b", null, "invalid_parameter", "search" },
        { "GET", "/api/people?search=", null, "invalid_parameter", "search" },
        { "GET", "/api/people?search=%00", null, "invalid_parameter", "search" },
        { "GET", "/api/people?cursor=%00", null, "invalid_parameter", "cursor" },
        { "GET", "/api/people?team=%00", null, "invalid_parameter", "team" },
    };

    public static TheoryData<string> HostileNames => ["a/b", "a%2Fb", "a%252Fb", "/", "//", "a b", "\u00fc \u6771\u4eac \U0001F680", "a?b=c#d", "a+b&c", "a\\b", "%", "%zz", "import", "a;b=c", "a..", "'=1+1"];

    [Fact]
    public async Task Somebody_who_acted_is_there_with_the_events_whatever_is_said_and_forgotten()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "note", timestamp: "2026-11-02T23:59:59Z");
        await application.PostAsync(user, "note", timestamp: "2026-10-02T00:00:00Z");
        await application.CountedAsync(user, 2);
        var acted = new Person(user, null, null, null, 2, new(2026, 11, 2));

        Assert.Equal(acted, await GetAsync<Person>($"/api/people/{user}"));
        using var put = await PutAsync($"/api/people/{user}", new { display_name = "Alex" });
        Assert.Equal(acted with { DisplayName = "Alex" }, await ReadAsync<Person>(put));
        using var deleted = await _dashboard.DeleteAsync(Relative($"/api/people/{user}"));
        Assert.Equal(acted, Assert.Single((await GetAsync<PeoplePage>($"/api/people?search={user}")).People));
    }

    [Fact]
    public async Task Somebody_is_entered_and_listed_and_forgotten_again()
    {
        var user = PulseBoardApplication.NewUser();
        var team = PulseBoardApplication.NewUser();
        using (await PutAsync($"/api/teams/{team}", new { display_name = "  The core  " }))
        using (var put = await PutAsync($"/api/people/{user}", new { display_name = " Alex Doe ", team }))
        {
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            Assert.Equal(new Person(user, "Alex Doe", team, "The core", 0, null), await ReadAsync<Person>(put));
        }

        Assert.Equal(new Person(user, "Alex Doe", team, "The core", 0, null), await GetAsync<Person>($"/api/people/{user}"));
        var page = await GetAsync<PeoplePage>($"/api/people?search={user.ToUpperInvariant()}&team={team}&limit=1");
        Assert.Equal(user, Assert.Single(page.People).User);
        Assert.Null(page.Next);

        // What is absent is taken back.
        using (await PutAsync($"/api/people/{user}", new { team }))
        {
            Assert.Equal(new Person(user, null, team, "The core", 0, null), await GetAsync<Person>($"/api/people/{user}"));
        }

        for (var i = 0; i < 2; i++)
        {
            using var deleted = await _dashboard.DeleteAsync(Relative($"/api/people/{user}"));
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        using var gone = await _dashboard.GetAsync(Relative($"/api/people/{user}"));
        await AssertProblemAsync(gone, HttpStatusCode.NotFound, "person_not_found", "user");
    }

    [Fact]
    public async Task A_person_is_on_the_wire_in_snake_case_and_says_what_is_missing_as_null()
    {
        var user = PulseBoardApplication.NewUser();
        using var put = await PutAsync($"/api/people/{user}", new { });

        Assert.Equal(
            $$"""{"user":"{{user}}","display_name":null,"team":null,"team_display_name":null,"events":0,"last_day":null}""",
            await put.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_team_has_exactly_the_members_it_was_given()
    {
        var (first, second, third, team, other) = (NewUser("1"), NewUser("2"), NewUser("3"), PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());
        using (await PutAsync($"/api/teams/{other}", new { members = new[] { second } }))
        using (var put = await PutAsync($"/api/teams/{team}", new { display_name = "Core", members = new[] { third, first, third } }))
        {
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            AssertTeam(new(team, "Core", 2, [new(first, null), new(third, null)]), await ReadAsync<Team>(put));
        }

        using (await PutAsync($"/api/teams/{team}", new { members = new[] { second, first } }))
        {
            AssertTeam(new(team, null, 2, [new(first, null), new(second, null)]), await GetAsync<Team>($"/api/teams/{team}"));
        }

        // Without members its people stay.
        using (await PutAsync($"/api/teams/{team}", new { display_name = "Core" }))
        {
            var listed = await GetAsync<Team[]>("/api/teams");
            Assert.Equal([new(other, null, 0), new(team, "Core", 2)], listed.Where(found => found.Key == team || found.Key == other).OrderBy(found => found.People));
            Assert.Equal(listed.Select(found => found.Key).Order(StringComparer.Ordinal), listed.Select(found => found.Key));
        }

        Assert.Null((await GetAsync<Person>($"/api/people/{third}")).Team);
        for (var i = 0; i < 2; i++)
        {
            using var deleted = await _dashboard.DeleteAsync(Relative($"/api/teams/{team}"));
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Null((await GetAsync<Person>($"/api/people/{first}")).Team);
        using var gone = await _dashboard.GetAsync(Relative($"/api/teams/{team}"));
        await AssertProblemAsync(gone, HttpStatusCode.NotFound, "team_not_found", "team");
    }

    [Fact]
    public async Task A_team_that_lists_everybody_out_is_empty()
    {
        var (user, team) = (PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());
        using (await PutAsync($"/api/teams/{team}", new { members = new[] { user } }))
        using (var put = await PutAsync($"/api/teams/{team}", new { members = Array.Empty<string>() }))
        {
            AssertTeam(new(team, null, 0, []), await ReadAsync<Team>(put));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_is_none_is_refused_with_the_field_at_fault(string method, string path, string? body, string code, string? field)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _dashboard.SendAsync(request);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, code, field);
    }

    [Theory]
    [InlineData("/api/people/alex", 8 * 1024)]
    [InlineData("/api/teams/core", 1024 * 1024)]
    public async Task A_body_that_is_too_long_or_of_another_type_is_refused_as_such(string path, int limit)
    {
        using var huge = new StringContent($$"""{"display_name":"{{new string('x', limit)}}"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = huge };

        // A body that is refused unread would break off while it is sent.
        request.Headers.ExpectContinue = true;
        using var tooLong = await _dashboard.SendAsync(request);
        await AssertProblemAsync(tooLong, HttpStatusCode.RequestEntityTooLarge, "payload_too_large", null);

        using var text = new StringContent("Alex", Encoding.UTF8, "text/plain");
        using var unsupported = await _dashboard.PutAsync(Relative(path), text);
        await AssertProblemAsync(unsupported, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type", null);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task Whatever_somebody_or_a_team_is_called_the_path_names_it(string name)
    {
        // Through Web as well, which sends addresses on as they came.
        foreach (var service in new[] { "dashboard", "web" })
        {
            var token = Guid.NewGuid().ToString("N");
            using var put = await SendRawAsync(service, "PUT", $"/api/people/{Uri.EscapeDataString(name)}", $$"""{"display_name":"{{token}}"}""");
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            Assert.Equal((name, token), ((await ReadAsync<Person>(put)).User, await application.QueryAsync<string>("SELECT display_name FROM people WHERE user_id = $1", name)));

            using var got = await SendRawAsync(service, "GET", $"/api/people/{Uri.EscapeDataString(name)}?");
            Assert.Equal(token, (await ReadAsync<Person>(got)).DisplayName);

            using var team = await SendRawAsync(service, "PUT", $"/api/teams/{Uri.EscapeDataString(name)}", $$"""{"display_name":"{{token}}"}""");
            Assert.Equal((name.Trim(), token), ((await ReadAsync<Team>(team)).Key, (await GetAsync<Team[]>("/api/teams")).Single(found => found.Key == name).DisplayName));

            using var deleted = await SendRawAsync(service, "DELETE", $"/api/people/{Uri.EscapeDataString(name)}/");
            using var dissolved = await SendRawAsync(service, "DELETE", $"/api/teams/{Uri.EscapeDataString(name)}");
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.StatusCode, dissolved.StatusCode));
            Assert.Equal(0, await application.QueryAsync<long>("SELECT count(*) FROM people WHERE user_id = $1", name));
        }
    }

    [Theory]
    [InlineData("PUT", "/api/people/{0}", "{}")]
    [InlineData("PUT", "/api/teams/{0}", "{}")]
    [InlineData("DELETE", "/api/people/{0}", null)]
    [InlineData("DELETE", "/api/teams/{0}", null)]
    [InlineData("POST", "/api/people/import", "user,display_name,team\n{0},Alex,\n")]
    public async Task A_write_has_bumped_the_version_and_told_the_listeners_when_it_is_answered(string method, string path, string? body)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(await application.ConnectionStringAsync("redis"));
        MetricsNotice? told = null;
        await redis.GetSubscriber().SubscribeAsync(
            new(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal), (_, text) =>
            {
                if (MetricsNotice.TryParse(text) is { } notice && notice.Change.Kinds == MetricsChangeKinds.People)
                {
                    Volatile.Write(ref told, notice);
                }
            });
        var before = (long)await redis.GetDatabase().StringGetAsync(MetricsVersion.Key);

        var user = PulseBoardApplication.NewUser();
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), string.Format(CultureInfo.InvariantCulture, path, user));
        request.Content = body is null
            ? null
            : new StringContent(body.Replace("{0}", user, StringComparison.Ordinal), Encoding.UTF8, method == "POST" ? "text/csv" : "application/json");
        using var response = await _dashboard.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode);
        await Eventually.BecomesAsync("the notice of a newer version", () => Task.FromResult(Volatile.Read(ref told)?.Version), version => version > before);
    }

    [Fact]
    public async Task Writers_at_once_neither_deadlock_nor_fail()
    {
        string[] teams = [PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser()];
        string[] users = [.. Enumerable.Range(0, 6).Select(i => NewUser(i.ToString(CultureInfo.InvariantCulture)))];
        var random = new Random(5);

        var responses = await Task.WhenAll(Enumerable.Range(0, 80).Select(i =>
        {
            random.Shuffle(users);
            var (user, team, members) = (users[0], teams[i % 2], users[..3]);
            return (i % 5) switch
            {
                0 => PutAsync($"/api/teams/{team}", new { members }),
                1 => PutAsync($"/api/people/{user}", new { display_name = $"Alex {i}", team }),
                2 => _dashboard.DeleteAsync(Relative($"/api/teams/{team}")),
                3 => ImportAsync($"user,display_name,team\n{string.Concat(members.Select(member => $"{member},Alex {i},{team}\n"))}"),
                _ => _dashboard.DeleteAsync(Relative($"/api/people/{user}")),
            };
        }));

        foreach (var response in responses)
        {
            using (response)
            {
                if (!response.IsSuccessStatusCode)
                {
                    await AssertProblemAsync(response, HttpStatusCode.BadRequest, "unknown_team", "team");
                }
            }
        }
    }

    [Fact]
    public async Task The_description_of_the_api_has_the_parameters_the_file_and_the_errors()
    {
        using var description = JsonDocument.Parse(await _dashboard.GetStringAsync(Relative("/openapi/v1.json")));
        var paths = description.RootElement.GetProperty("paths");

        Assert.Equal(
            ["search", "team", "limit", "cursor", "#/components/parameters/If-None-Match"],
            paths.GetProperty("/api/people").GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Select(parameter => parameter.TryGetProperty("$ref", out var shared) ? shared.GetString() : parameter.GetProperty("name").GetString()));
        foreach (var list in new[] { "/api/people", "/api/teams" })
        {
            Assert.False(paths.TryGetProperty($"{list}.csv", out _));
            var answers = paths.GetProperty(list).GetProperty("get").GetProperty("responses");
            Assert.Equal(list == "/api/people" ? ["200", "304", "400", "401", "503"] : ["200", "304", "401", "503"], answers.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
            Assert.Equal(
                ["application/json", "application/x-ndjson", "text/csv"],
                answers.GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name).Order(StringComparer.Ordinal));
        }

        var import = paths.GetProperty("/api/people/import").GetProperty("post");
        Assert.True(import.GetProperty("requestBody").GetProperty("content").TryGetProperty("text/csv", out _));
        Assert.Equal(["200", "400", "401", "403", "413", "415", "503"], import.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.Equal("user", paths.GetProperty("/api/people/{user}").GetProperty("put").GetProperty("parameters")[0].GetProperty("name").GetString());
        Assert.Equal("People", paths.GetProperty("/api/teams/{team}").GetProperty("delete").GetProperty("tags")[0].GetString());
    }

    private static string NewUser(string prefix) => $"{prefix}-{PulseBoardApplication.NewUser()}";

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static void AssertTeam(Team expected, Team actual)
    {
        Assert.Equal(expected with { Members = null }, actual with { Members = null });
        Assert.Equal(expected.Members, actual.Members);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code, string? field)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, code), (response.StatusCode, problem.RootElement.GetProperty("code").GetString()));
        Assert.Equal(field, problem.RootElement.TryGetProperty("field", out var named) ? named.GetString() : null);
        Assert.NotEmpty(problem.RootElement.GetProperty("trace_id").GetString()!);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<T>(PulseBoardApplication.Json))!;

    private async Task<T> GetAsync<T>(string path) => (await _dashboard.GetFromJsonAsync<T>(Relative(path), PulseBoardApplication.Json))!;

    private Task<HttpResponseMessage> PutAsync(string path, object body) => _dashboard.PutAsJsonAsync(Relative(path), body);

    private Task<HttpResponseMessage> ImportAsync(string csv) =>
        _dashboard.PostAsync(Relative("/api/people/import"), new StringContent(csv, Encoding.UTF8, "text/csv"));

    /// <summary>With the path as it is: a Uri would unescape parts of it.</summary>
    private async Task<HttpResponseMessage> SendRawAsync(string service, string method, string path, string? body = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        var server = (service == "web" ? application.Web : _dashboard).BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method), new Uri($"{server}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}
