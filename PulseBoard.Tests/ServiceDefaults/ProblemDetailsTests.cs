using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Tests.ServiceDefaults;

public class ProblemDetailsTests
{
    private const string Secret = "the cat is in the box";

    [Fact]
    public async Task An_unknown_path_is_not_found()
    {
        await using var service = await StartAsync();

        await AssertProblemAsync(await service.Client.GetAsync("/nowhere"), HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_wrong_method_is_not_allowed()
    {
        await using var service = await StartAsync();

        await AssertProblemAsync(await service.Client.DeleteAsync("/throws"), HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [Fact]
    public async Task A_wrong_content_type_is_unsupported()
    {
        await using var service = await StartAsync();
        using var content = new StringContent("a,b", Encoding.UTF8, "text/csv");

        await AssertProblemAsync(await service.Client.PostAsync("/echo", content), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_malformed_body_is_a_bad_request(string environment)
    {
        await using var service = await StartAsync(environment);
        using var content = new StringContent("{", Encoding.UTF8, "application/json");

        await AssertProblemAsync(await service.Client.PostAsync("/echo", content), HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task A_number_in_quotes_is_no_number()
    {
        await using var service = await StartAsync();
        using var content = new StringContent("""{"event_count":"3"}""", Encoding.UTF8, "application/json");

        await AssertProblemAsync(await service.Client.PostAsync("/echo", content), HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task Json_is_snake_case()
    {
        await using var service = await StartAsync();
        using var content = new StringContent("""{"event_count":3}""", Encoding.UTF8, "application/json");

        var response = await service.Client.PostAsync("/echo", content);

        Assert.Equal("""{"event_count":3}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_unhandled_exception_is_an_internal_error_without_details()
    {
        await using var service = await StartAsync();

        var problem = await AssertProblemAsync(await service.Client.GetAsync("/throws"), HttpStatusCode.InternalServerError, "internal_error");

        Assert.DoesNotContain(Secret, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unhandled_exception_is_told_in_development()
    {
        await using var service = await StartAsync(Environments.Development);

        var problem = await AssertProblemAsync(await service.Client.GetAsync("/throws"), HttpStatusCode.InternalServerError, "internal_error");

        Assert.Contains(Secret, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_request_found_while_reading_keeps_its_status()
    {
        await using var service = await StartAsync();

        await AssertProblemAsync(await service.Client.GetAsync("/too-large"), HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
    }

    [Fact]
    public async Task An_endpoint_names_code_and_field()
    {
        await using var service = await StartAsync();

        var problem = await AssertProblemAsync(await service.Client.GetAsync("/invalid"), HttpStatusCode.BadRequest, "user_missing");

        Assert.Equal("user", problem.GetProperty("field").GetString());
        Assert.Equal("Name who acted.", problem.GetProperty("detail").GetString());
    }

    private static Task<TestService> StartAsync(string? environment = null)
    {
        return TestService.StartAsync(environment: environment, map: app =>
        {
            app.MapPost("/echo", (Counted counted) => counted);
            app.MapGet("/throws", string () => throw new InvalidOperationException(Secret));
            app.MapGet("/too-large", string () => throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge));
            app.MapGet("/invalid", () => Problems.Problem(StatusCodes.Status400BadRequest, "user_missing", "Name who acted.", "user"));
        });
    }

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(code, problem.GetProperty("code").GetString());
            Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
            Assert.NotEmpty(problem.GetProperty("title").GetString()!);
            Assert.NotEmpty(problem.GetProperty("trace_id").GetString()!);

            return problem;
        }
    }

    private sealed record Counted(int EventCount);
}
