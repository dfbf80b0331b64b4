using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.People;

[Collection(ApplicationCollection.Name)]
public sealed class PeopleImportTests(PulseBoardApplication application)
{
    private static readonly Uri Import = new("/api/people/import", UriKind.Relative);
    private static readonly Uri Csv = new("/api/people.csv", UriKind.Relative);
    private static readonly Uri NdJson = new("/api/people.ndjson", UriKind.Relative);

    [Fact]
    public async Task A_file_creates_changes_and_leaves_people_and_makes_teams()
    {
        var (first, second, third, team) = (PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());

        Assert.Equal(
            new PeopleImport(2, 2, 0, 0, 1),
            await TakenAsync($"user,display_name,team\n{first},Alex,{team}\n{second},,\n"));
        Assert.Equal(
            new PeopleImport(3, 1, 1, 1, 0),
            await TakenAsync($"\uFEFFteam;user;display_name\r\n{team};{first};Alex\r\n{team};{second};\"Kim; \"\"K\"\"\"\r\n;{third};Pat\r\n"));

        Assert.Equal(new Person(second, "Kim; \"K\"", team, null, 0, null), await FindAsync(second));
        Assert.Equal(new Person(third, "Pat", null, null, 0, null), await FindAsync(third));

        // What a file leaves empty is taken back.
        Assert.Equal(new PeopleImport(1, 0, 1, 0, 0), await TakenAsync($"user,display_name,team\n{first},,\n"));
        Assert.Equal(new Person(first, null, null, null, 0, null), await FindAsync(first));
    }

    [Fact]
    public async Task Somebody_known_from_events_of_whom_a_file_says_nothing_is_not_entered()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "note");
        await application.CountedAsync(user, 1);

        Assert.Equal(new PeopleImport(1, 0, 0, 1, 0), await TakenAsync($"user,display_name,team\n{user},,\n"));
        Assert.Equal(0, await application.QueryAsync<long>("SELECT count(*) FROM people WHERE user_id = $1", user));
    }

    [Fact]
    public async Task A_file_with_a_fault_is_not_taken_at_all_and_the_faults_are_told()
    {
        var (user, team) = (PulseBoardApplication.NewUser(), PulseBoardApplication.NewUser());

        using var response = await PostAsync(Encoding.UTF8.GetBytes($"user,display_name,team\n{user},Alex,{team}\n,Kim,{team}\n{user},Kim,{team}\n"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("invalid_csv", problem.RootElement.GetProperty("code").GetString());
        Assert.Equal("user", problem.RootElement.GetProperty("field").GetString());
        Assert.StartsWith("Line 3, column 'user': ", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [(3, "user"), (4, "user")],
            problem.RootElement.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetString()!)));
        Assert.Equal(0, await application.QueryAsync<long>("SELECT count(*) FROM people WHERE user_id = $1", user));
        Assert.Equal(0, await application.QueryAsync<long>("SELECT count(*) FROM teams WHERE team = $1", team));
    }

    [Fact]
    public async Task A_file_over_a_mebibyte_is_refused_and_one_just_below_is_taken()
    {
        var prefix = PulseBoardApplication.NewUser();
        var csv = new StringBuilder("user,display_name,team\n");
        var people = 0;
        for (; csv.Length < (1024 * 1024) - 100; people++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{people}-{prefix},Alex,{prefix}\n");
        }

        Assert.Equal(new PeopleImport(people, people, 0, 0, 1), await TakenAsync(csv.ToString()));
        using var response = await PostAsync(Encoding.UTF8.GetBytes(csv.Append('\n', 200).ToString()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("\"payload_too_large\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The other tests need not page through them.
        await application.QueryAsync<object>("DELETE FROM people WHERE team = $1", prefix);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("text/csv; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task Another_type_of_content_is_refused_with_the_one_to_send(string? type)
    {
        using var response = await PostAsync("user,display_name,team\n"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("unsupported_media_type", problem.RootElement.GetProperty("code").GetString());
        Assert.Contains("text/csv", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("TEXT/CSV; charset=\"UTF-8\"; header=present")]
    public async Task Csv_in_utf_8_is_taken_however_its_type_is_written(string type)
    {
        using var response = await PostAsync("user,display_name,team\n"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Importing_an_export_changes_nothing()
    {
        var token = Guid.NewGuid().ToString("N");
        string[] users = [$"={token}", $"'={token}", $"a,\"b\"\r\n{token}", $"\t{token}", $" {token} ", $"\u6771\u4eac {token}", $"@SUM({token})"];
        await application.QueryAsync<object>("INSERT INTO teams VALUES ($1)", $"+{token}");
        foreach (var user in users)
        {
            await application.QueryAsync<object>("INSERT INTO people VALUES ($1, $2, $3)", user, $"-{token}", $"+{token}");
        }

        var exported = await application.Dashboard.GetByteArrayAsync(Csv);
        var import = await TakenAsync(exported);

        Assert.Equal((0, 0, 0), (import.Created, import.Changed, import.TeamsCreated));
        Assert.Equal(import.People, import.Unchanged);
        Assert.Equal(exported, await application.Dashboard.GetByteArrayAsync(Csv));
    }

    [Fact]
    public async Task Exports_are_files_of_everybody_in_the_order_of_their_names()
    {
        var user = PulseBoardApplication.NewUser();
        await TakenAsync($"user,display_name,team\n{user},=Alex,\n");

        using var csv = await application.Dashboard.GetAsync(Csv);
        Assert.Equal(("text/csv", "utf-8"), (csv.Content.Headers.ContentType?.MediaType, csv.Content.Headers.ContentType?.CharSet));
        Assert.Equal("people.csv", csv.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Contains($"\r\n{user},'=Alex,\r\n", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var ndJson = await application.Dashboard.GetAsync(NdJson);
        Assert.Equal("application/x-ndjson", ndJson.Content.Headers.ContentType?.MediaType);
        PersonEntry[] people =
        [
            .. (await ndJson.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<PersonEntry>(line, PulseBoardApplication.Json)!),
        ];
        Assert.Contains(new PersonEntry(user, "=Alex", null), people);
        Assert.Equal(people.Select(person => person.User).Order(StringComparer.Ordinal), people.Select(person => person.User));
    }

    [Fact]
    public async Task An_export_may_be_asked_for_by_Accept_and_has_whom_the_parameters_let_through_on_all_pages()
    {
        var token = Guid.NewGuid().ToString("N");
        await TakenAsync($"user,display_name,team\na-{token},Alex,{token}\nb-{token},Kim,{token}\nc-{token},Pat,\n");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/people?team={token}&limit=1&cursor=b-{token}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await application.Dashboard.SendAsync(request);

        Assert.Equal($"user,display_name,team\r\na-{token},Alex,{token}\r\nb-{token},Kim,{token}\r\n", await response.Content.ReadAsStringAsync());
    }

    private async Task<Person> FindAsync(string user) =>
        (await application.Dashboard.GetFromJsonAsync<Person>(new Uri($"/api/people/{user}", UriKind.Relative), PulseBoardApplication.Json))!;

    private Task<PeopleImport> TakenAsync(string csv) => TakenAsync(Encoding.UTF8.GetBytes(csv));

    private async Task<PeopleImport> TakenAsync(byte[] csv)
    {
        using var response = await PostAsync(csv);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<PeopleImport>(PulseBoardApplication.Json))!;
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] csv, string? type = "text/csv")
    {
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await application.Dashboard.PostAsync(Import, content);
    }
}
