using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using PulseBoard.ServiceDefaults.Descriptions;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard.OpenApi;

/// <summary>What the APIs say of themselves at <c>/openapi/v1.json</c>.</summary>
public sealed partial class DescriptionTests(DescribedServices services) : IClassFixture<DescribedServices>
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    [Fact]
    public async Task A_description_is_valid_OpenApi_and_names_no_server()
    {
        foreach (var service in services.All)
        {
            var (document, diagnostic) = OpenApiDocument.Parse(await service.DescribeAsync(), "json");

            Assert.Empty(diagnostic!.Errors);
            Assert.Empty(diagnostic.Warnings);
            Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
            Assert.NotEmpty(document!.Info.Description!);
            Assert.All(document.Servers ?? [], server => Assert.Equal("/", server.Url));
            Assert.All(document.Tags!, tag => Assert.NotEmpty(tag.Description!));
        }
    }

    [Fact]
    public async Task Every_route_is_described_but_those_of_health_and_the_formats_of_one_that_is()
    {
        foreach (var service in services.All)
        {
            var described = (await service.OperationsAsync()).Select(operation => operation.ToString()).ToHashSet();
            var mapped = service.Endpoints.SelectMany(Names).Where(name => !Undescribed().IsMatch(name)).ToHashSet();

            Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        }

        IEnumerable<string> Names(RouteEndpoint endpoint)
        {
            var path = "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "}");
            return from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
                   where !IsFormat(endpoint, path)
                   select $"{method} {path}";
        }

        static bool IsFormat(RouteEndpoint endpoint, string path) =>
            endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null && Format().IsMatch(path);
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_takes_and_answers()
    {
        foreach (var operation in await AllAsync())
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["summary"]), $"{operation} has no summary.");
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["description"]), $"{operation} has no description.");
            Assert.False(string.IsNullOrWhiteSpace(operation.Id), $"{operation} has no id.");
            Assert.Single(operation.Json["tags"]!.AsArray());
            Assert.All(operation.Parameters, parameter =>
            {
                var name = $"{operation}: {parameter["name"]}";
                Assert.False(string.IsNullOrWhiteSpace((string?)parameter["description"]), $"{name} has no description.");
                Assert.True(parameter["schema"] is JsonObject, $"{name} has no schema.");
            });
            Assert.Contains(operation.Responses, response => response.Status == 401);
            Assert.Contains(operation.Responses, response => response.Status == 503);
            foreach (var (status, response) in operation.Responses.Where(response => response.Status is not (204 or 304)))
            {
                var content = response["content"]!.AsObject();
                Assert.NotEmpty(content);
                Assert.All(content, kind => Assert.True(
                    kind.Value!["example"] is not null || kind.Value["examples"] is JsonObject { Count: > 0 }, $"{operation}: {status} {kind.Key} has no example."));
                Assert.True(status is not (429 or 503) || response["headers"]?["Retry-After"] is not null, $"{operation}: {status} does not say when to come back.");
            }
        }
    }

    [Fact]
    public async Task Operations_have_ids_of_their_own()
    {
        var ids = (await AllAsync()).Select(operation => operation.Id).ToList();

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task The_parameters_that_are_described_are_those_that_an_endpoint_takes()
    {
        var asked = 0;
        foreach (var operation in await services.Dashboard.OperationsAsync())
        {
            if (operation.Json["responses"]!["400"]?["content"]?["application/problem+json"]?["examples"]?["unknown_parameter"] is null)
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, $"{operation.ExamplePath}?no_such_parameter=1");
            request.Headers.Authorization = new("Bearer", TestSecrets.ReadKey);
            using var response = await services.Dashboard.Client.SendAsync(request);
            var detail = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!;

            Assert.Equal(
                Taken().Match(detail).Groups["names"].Value.Split(", "),
                operation.Parameters.Where(parameter => (string)parameter["in"]! == "query").Select(parameter => (string)parameter["name"]!).Order(StringComparer.Ordinal));
            asked++;
        }

        Assert.Equal(10, asked);
    }

    [Fact]
    public async Task Examples_of_answers_are_what_the_contracts_say()
    {
        foreach (var service in services.All)
        {
            foreach (var operation in await service.OperationsAsync())
            {
                var endpoint = service.Endpoints.Single(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == operation.Id);
                foreach (var produced in endpoint.Metadata.OfType<IProducesResponseTypeMetadata>())
                {
                    var status = produced.StatusCode.ToString(CultureInfo.InvariantCulture);
                    if (operation.Json["responses"]![status]?["content"]?[Json]?["example"] is { } example)
                    {
                        AssertIs(produced.Type!, example, $"{operation} {status}");
                    }
                }

                if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } requested)
                {
                    AssertIs(requested, operation.Json["requestBody"]!["content"]![Json]!["example"]!, $"{operation} body");
                }
            }
        }

        static void AssertIs(Type type, JsonNode example, string place)
        {
            var read = example.Deserialize(type, Strict);
            Assert.True(JsonNode.DeepEquals(example, JsonSerializer.SerializeToNode(read, type, Strict)), $"{place} is not what it was read from.");
        }
    }

    [Fact]
    public async Task Examples_of_rows_have_the_columns_of_the_answer_in_both_formats()
    {
        var tables = 0;
        foreach (var operation in await services.Dashboard.OperationsAsync())
        {
            var content = operation.Json["responses"]!["200"]?["content"];
            if (content?[Json] is null || (string?)content["text/csv"]?["example"] is not { } csv)
            {
                continue;
            }

            var lines = ((string)content["application/x-ndjson"]!["example"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var columns = csv.Split("\r\n")[0].Split(',');
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.Equal(columns, JsonNode.Parse(line)!.AsObject().Select(member => member.Key)));
            tables++;
        }

        Assert.Equal(11, tables);
    }

    [Fact]
    public async Task Examples_of_errors_are_problem_details_with_the_code_that_they_are_named_by()
    {
        foreach (var operation in await AllAsync())
        {
            foreach (var (status, response) in operation.Responses.Where(response => response.Status >= 400))
            {
                Assert.All(response["content"]!["application/problem+json"]!["examples"]!.AsObject(), example =>
                {
                    var body = example.Value!["value"]!;
                    Assert.Equal(status, body.Deserialize<ProblemDetails>()!.Status);
                    Assert.Equal(example.Key, (string)body["code"]!);
                    Assert.NotEmpty((string)body["detail"]!);
                    Assert.NotEmpty((string)body["trace_id"]!);
                });
            }
        }
    }

    [Fact]
    public async Task Numbers_of_different_answers_agree()
    {
        var answers = (await services.Dashboard.OperationsAsync())
            .ToDictionary(operation => operation.Id, operation => operation.Json["responses"]!["200"]?["content"]?[Json]?["example"]);
        var events = (double)answers["GetTotals"]!["events"]!["value"]!;

        Assert.Equal(events, answers["GetSummary"]!.AsArray().Sum(person => (double)person!["total_events"]!));
        Assert.Equal(events, (double)answers["GetTimeSeries"]!["total"]!["total"]!);
        Assert.Equal(events, answers["GetTimeSeries"]!["series"]!.AsArray().Sum(series => (double)series!["total"]!));
        Assert.Equal(events, (double)answers["GetHeatmap"]!["total"]!);
        Assert.Equal(events, answers["GetHeatmap"]!["rows"]!.AsArray().Sum(row => row!.AsArray().Sum(hour => (double)hour!)));
        Assert.Equal(events, answers["GetCalendar"]!["days"]!.AsArray().Sum(day => (double)day!["events"]!));
        Assert.Equal(events, (double)answers["GetLeaderboard"]!["total"]!);
        Assert.Equal(
            (double)answers["GetTotals"]!["tasks_completed"]!["value"]!, (double)answers["GetCycleTime"]!["completed"]!["value"]!);
    }

    /// <summary>The description of each service is kept in <c>docs/openapi</c>, so that what a change does to an API is seen in its diff.</summary>
    [Fact]
    public async Task The_documents_that_are_checked_in_are_what_the_services_say()
    {
        foreach (var service in services.All)
        {
            var path = Path.Combine(RootOf(AppContext.BaseDirectory), "docs", "openapi", $"{service.Name}.json");
            var served = (await service.DescribeAsync()).TrimEnd() + "\n";
            if (Environment.GetEnvironmentVariable("PULSEBOARD_ACCEPT_OPENAPI") == "1")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, served);
            }

            var kept = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
            Assert.True(
                kept == served,
                $"docs/openapi/{service.Name}.json is not what {ServiceDescription.Path} says. To accept the change: "
                + "PULSEBOARD_ACCEPT_OPENAPI=1 dotnet test PulseBoard.Tests --filter DescriptionTests");
        }
    }

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "PulseBoard.sln"))
            ? folder
            : RootOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository."));

    private async Task<IReadOnlyList<DescribedOperation>> AllAsync() =>
        [.. await services.Dashboard.OperationsAsync(), .. await services.Activity.OperationsAsync()];

    [GeneratedRegex("^GET /(alive|health|openapi/.*)$")]
    private static partial Regex Undescribed();

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    [GeneratedRegex("\\.(csv|ndjson)$")]
    private static partial Regex Format();

    [GeneratedRegex("it has (?<names>[^.]*)\\.$")]
    private static partial Regex Taken();
}
