using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Tests.Dashboard.Caching;

namespace PulseBoard.Tests.Dashboard.Answers;

/// <summary>Without Redis: what is answered, and not where it comes from.</summary>
public sealed class AnswerEndpointsTests : IAsyncLifetime
{
    private Replica _replica = null!;

    public async Task InitializeAsync() => _replica = await Replica.StartAsync(Replica.Nowhere, map: Map);

    public async Task DisposeAsync() => await _replica.DisposeAsync();

    [Theory]
    [InlineData("/numbers", null, "application/json; charset=utf-8", "{\"number\":3}")]
    [InlineData("/numbers", "text/csv", "text/csv; charset=utf-8; header=present", "number,text\r\n3,'=text\r\n")]
    [InlineData("/numbers", "application/x-ndjson", "application/x-ndjson", "{\"number\":3,\"text\":\"=text\"}\n")]
    [InlineData("/numbers.csv", "application/json", "text/csv; charset=utf-8; header=present", "number,text\r\n3,'=text\r\n")]
    [InlineData("/numbers.ndjson", null, "application/x-ndjson", "{\"number\":3,\"text\":\"=text\"}\n")]
    public async Task An_answer_has_the_format_of_its_route_or_of_Accept(string path, string? accept, string contentType, string body)
    {
        _replica.Number = 3;
        using var response = await SendAsync(path, ("Accept", accept));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(response.Content.Headers.ContentLength, body.Length);
        Assert.Equal(
            contentType.StartsWith("text/csv", StringComparison.Ordinal) ? "attachment; filename=\"numbers.csv\"" : null,
            response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal(path == "/numbers" ? ["Accept"] : [], response.Headers.Vary);
    }

    [Fact]
    public async Task An_answer_says_how_old_it_is_and_how_to_ask_again()
    {
        using var response = await SendAsync("/numbers");

        Assert.Equal("ERROR", response.Headers.GetValues("X-Cache-Status").Single());
        Assert.Equal("private, no-cache", response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.InRange(response.Headers.Age!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.False(response.Headers.ETag!.IsWeak);
    }

    [Fact]
    public async Task A_client_that_has_the_answer_gets_its_headers_only()
    {
        using var first = await SendAsync("/numbers");
        using var csv = await SendAsync("/numbers.csv");
        var etag = first.Headers.ETag!.Tag;
        Assert.NotEqual(etag, csv.Headers.ETag!.Tag);

        using var second = await SendAsync("/numbers", ("If-None-Match", $"W/{etag}, \"other\""));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
        Assert.Equal(etag, second.Headers.ETag!.Tag);
        Assert.Equal("private, no-cache", second.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal(["Accept"], second.Headers.Vary);
        Assert.True(second.Headers.Contains("X-Cache-Status"));
        Assert.NotNull(second.Headers.Age);

        _replica.Number = 4;
        using var third = await SendAsync("/numbers", ("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.NotEqual(etag, third.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("/numbers?key=refused")]
    [InlineData("/numbers.csv?key=refused")]
    [InlineData("/refused-later")]
    public async Task A_parameter_at_fault_is_named_whoever_finds_it(string path)
    {
        using var response = await SendAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_parameter", problem.GetProperty("code").GetString());
        Assert.Equal("key", problem.GetProperty("field").GetString());
        Assert.Equal("'key' must be another.", problem.GetProperty("detail").GetString());
        Assert.NotNull(problem.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task A_database_that_is_away_is_answered_as_such()
    {
        _replica.Computing = _ => Task.FromException(new NpgsqlException("away", new IOException()));
        using var response = await SendAsync("/numbers");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("storage_unavailable", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_last_segment_that_is_a_parameter_has_no_suffix()
    {
        using var response = await SendAsync("/people/ada.csv");

        Assert.Equal("{\"number\":7}", await response.Content.ReadAsStringAsync());
    }

    private static void Map(WebApplication app)
    {
        app.MapAnswer(
            "refused-later",
            _ => new Question<int>("refused", "", _ => Task.FromException<int>(new ParameterException("invalid_parameter", "key", "'key' must be another."))),
            number => new(["number"], [[number]]));
        app.MapAnswer(
            "people/{user}",
            context => new Question<Replica.Answered>(
                "person", context.Request.RouteValues["user"]!.ToString()!, _ => Task.FromResult(new Replica.Answered(7))),
            answered => new(["number"], [[answered.Number]]));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _replica.Client.SendAsync(request);
    }
}
