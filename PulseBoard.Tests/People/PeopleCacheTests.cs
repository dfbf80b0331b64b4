using System.Net;
using System.Net.Http.Json;
using System.Text;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.People;

/// <summary>The lists of people and teams are kept until something changes, and whoever changes it reads it back at once.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class PeopleCacheTests(PulseBoardApplication application)
{
    private readonly HttpClient _dashboard = application.Dashboard;

    [Theory]
    [InlineData("/api/people")]
    [InlineData("/api/people?search=a&limit=3")]
    [InlineData("/api/teams")]
    [InlineData("/api/teams.csv")]
    public async Task A_list_is_kept_for_whoever_asks_the_same(string path)
    {
        // The version may move between the two: the whole system is running.
        var (first, second) = await Eventually.BecomesAsync(
            $"{path} to be kept",
            async () => (await ReadAsync(path), await ReadAsync(path)),
            answers => answers.Item2.Status == "HIT");

        Assert.Equal(first.Body, second.Body);
    }

    [Theory]
    [InlineData("/api/people")]
    [InlineData("/api/teams")]
    [InlineData("/api/teams.ndjson")]
    public async Task A_client_that_has_a_list_is_not_sent_it_again(string path)
    {
        // Events of the tests before may be counted between the two.
        var (_, length) = await Eventually.BecomesAsync(
            $"two answers of {path} without a change between them",
            async () =>
            {
                using var first = await _dashboard.GetAsync(Relative(path));
                Assert.Equal("private, no-cache", first.Headers.NonValidated["Cache-Control"].ToString());
                Assert.NotNull(first.Headers.Age);

                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
                using var second = await _dashboard.SendAsync(request);
                return (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length);
            },
            answer => answer.StatusCode == HttpStatusCode.NotModified);

        Assert.Equal(0, length);
    }

    [Fact]
    public async Task Whoever_writes_a_person_or_a_team_reads_it_back_at_once()
    {
        var (user, team) = (PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());
        var people = $"/api/people?search={user}";
        Assert.Empty((await GetAsync<PeoplePage>(people)).People);
        Assert.DoesNotContain(await GetAsync<Team[]>("/api/teams"), found => found.Key == team);

        // Often enough to meet an answer that was kept a moment before.
        for (var i = 0; i < 20; i++)
        {
            await PutAsync($"/api/teams/{team}", new { display_name = $"Core {i}", members = new[] { user } });
            Assert.Contains(new Team(team, $"Core {i}", 1), await GetAsync<Team[]>("/api/teams"));
            Assert.Equal([new(user, i == 0 ? null : $"Kim {i - 1}", team, $"Core {i}", 0, null)], (await GetAsync<PeoplePage>(people)).People);

            await PutAsync($"/api/people/{user}", new { display_name = $"Alex {i}" });
            Assert.Equal([new(user, $"Alex {i}", null, null, 0, null)], (await GetAsync<PeoplePage>(people)).People);
            Assert.Contains(new Team(team, $"Core {i}", 0), await GetAsync<Team[]>("/api/teams"));

            await ImportAsync($"user,display_name,team\n{user},Kim {i},{team}\n");
            Assert.Equal([new(user, $"Kim {i}", team, $"Core {i}", 0, null)], (await GetAsync<PeoplePage>(people)).People);
            Assert.Contains(new Team(team, $"Core {i}", 1), await GetAsync<Team[]>("/api/teams"));
        }

        await DeleteAsync($"/api/teams/{team}");
        Assert.DoesNotContain(await GetAsync<Team[]>("/api/teams"), found => found.Key == team);
        Assert.Equal([new(user, "Kim 19", null, null, 0, null)], (await GetAsync<PeoplePage>(people)).People);

        await DeleteAsync($"/api/people/{user}");
        Assert.Empty((await GetAsync<PeoplePage>(people)).People);
    }

    [Fact]
    public async Task A_client_that_has_a_list_is_sent_the_one_that_follows_a_write()
    {
        var user = PulseBoardApplication.NewUser();
        var path = $"/api/people?search={user}";
        using var first = await _dashboard.GetAsync(Relative(path));
        await PutAsync($"/api/people/{user}", new { display_name = "Alex" });

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _dashboard.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task Pages_teams_and_searches_are_answers_of_their_own()
    {
        var token = Guid.NewGuid().ToString("N");
        await ImportAsync($"user,display_name,team\na-{token},Alex,{token}\nb-{token},Kim,{token}\nc-{token},Pat,\n");

        // Twice, so that the second time each is kept.
        for (var i = 0; i < 2; i++)
        {
            await AssertPageAsync($"search={token}", null, "a", "b", "c");
            await AssertPageAsync($"search={token}&limit=2", "b", "a", "b");
            await AssertPageAsync($"search={token}&limit=2&cursor=b-{token}", null, "c");
            await AssertPageAsync($"search={token}&team={token}", null, "a", "b");
            await AssertPageAsync($"search={token}&team=", null, "c");
            await AssertPageAsync($"search={token}&team=&team={token}", null, "a", "b", "c");
            await AssertPageAsync($"search=B-{token}&team={token}", null, "b");
        }

        async Task AssertPageAsync(string query, string? next, params string[] users)
        {
            var page = await GetAsync<PeoplePage>($"/api/people?{query}");
            Assert.Equal(users.Select(user => $"{user}-{token}"), page.People.Select(person => person.User));
            Assert.Equal(next is null ? null : $"{next}-{token}", page.Next);
        }
    }

    [Fact]
    public async Task An_event_that_is_counted_shows_with_its_day()
    {
        var user = PulseBoardApplication.NewUser();
        var path = $"/api/people?search={user}";
        Assert.Empty((await GetAsync<PeoplePage>(path)).People);

        await application.PostAsync(user, "note", timestamp: "2026-11-02T12:00:00Z");
        await BecomesAsync(new(user, null, null, null, 1, new(2026, 11, 2)));
        await application.PostAsync(user, "note", timestamp: "2026-11-03T12:00:00Z");
        await BecomesAsync(new(user, null, null, null, 2, new(2026, 11, 3)));

        Task BecomesAsync(Person person) => Eventually.BecomesAsync(
            $"{person.Events} events in the list", async () => (await GetAsync<PeoplePage>(path)).People.SingleOrDefault(), found => found == person);
    }

    [Fact]
    public async Task Teams_are_there_for_spreadsheets_and_programs_too()
    {
        var team = PulseBoardApplication.NewUser();
        await PutAsync($"/api/teams/{team}", new { display_name = "=Core", members = new[] { PulseBoardApplication.NewUser() } });

        using var csv = await _dashboard.GetAsync(Relative("/api/teams.csv"));
        Assert.Equal("teams.csv", csv.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var lines = await csv.Content.ReadAsStringAsync();
        Assert.StartsWith("team,display_name,people\r\n", lines, StringComparison.Ordinal);
        Assert.Contains($"\r\n{team},'=Core,1\r\n", lines, StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/teams");
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var ndjson = await _dashboard.SendAsync(request);
        Assert.Contains($$"""{"team":"{{team}}","display_name":"=Core","people":1}""" + "\n", await ndjson.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/people.csv")]
    [InlineData("/api/people.ndjson")]
    public async Task An_export_of_people_is_written_as_it_is_read_and_kept_by_nobody(string path)
    {
        using var response = await _dashboard.GetAsync(Relative(path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("X-Cache-Status"));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private async Task<T> GetAsync<T>(string path) => (await _dashboard.GetFromJsonAsync<T>(Relative(path), PulseBoardApplication.Json))!;

    private async Task<(string Status, string Body)> ReadAsync(string path)
    {
        using var response = await _dashboard.GetAsync(Relative(path));
        return (response.Headers.GetValues("X-Cache-Status").Single(), await response.Content.ReadAsStringAsync());
    }

    private async Task PutAsync(string path, object body)
    {
        using var response = await _dashboard.PutAsJsonAsync(Relative(path), body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task DeleteAsync(string path)
    {
        using var response = await _dashboard.DeleteAsync(Relative(path));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task ImportAsync(string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var response = await _dashboard.PostAsync(Relative("/api/people/import"), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
