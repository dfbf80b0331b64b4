using System.Net;
using System.Text.Json.Nodes;
using PulseBoard.ServiceDefaults.Descriptions;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard.OpenApi;

/// <summary>Answers of the running system, each held against what is described of its operation.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class DescribedAnswerTests(PulseBoardApplication application)
{
    [Fact]
    public async Task Answers_have_the_statuses_headers_and_members_that_are_described()
    {
        foreach (var operation in await ReadingAsync())
        {
            using var response = await application.Dashboard.GetAsync(new Uri(operation.ExamplePath, UriKind.Relative));

            var described = operation.Responses.Single(described => described.Status == (int)response.StatusCode).Response;
            Assert.All(described["headers"]?.AsObject() ?? [], header => Assert.True(response.Headers.Contains(header.Key), $"{operation}: {response.StatusCode} has no {header.Key}."));
            var content = described["content"]!.AsObject();
            Assert.Contains(response.Content.Headers.ContentType!.MediaType!, content.Select(kind => kind.Key));
            if (response.StatusCode == HttpStatusCode.OK && content["application/json"]?["example"] is JsonObject example)
            {
                var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
                Assert.Equal(example.Select(member => member.Key), answer.Select(member => member.Key));
            }
        }
    }

    [Fact]
    public async Task An_answer_that_a_client_has_is_not_sent_again_as_described()
    {
        var operation = (await ReadingAsync()).Single(operation => operation.Id == "GetCalendar");

        // The version may move between the two: the whole system is running.
        await Eventually.BecomesAsync(
            "the calendar to be the one that was sent before",
            async () =>
            {
                using var first = await application.Dashboard.GetAsync(new Uri(operation.Path, UriKind.Relative));
                using var request = new HttpRequestMessage(HttpMethod.Get, operation.Path);
                request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
                using var second = await application.Dashboard.SendAsync(request);
                Assert.All(
                    operation.Responses.Single(described => described.Status == (int)second.StatusCode).Response["headers"]!.AsObject(),
                    header => Assert.True(second.Headers.Contains(header.Key)));
                return second.StatusCode;
            },
            status => status == HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("GetPersonMetrics", "person_not_found")]
    [InlineData("GetPerson", "person_not_found")]
    [InlineData("GetTeam", "team_not_found")]
    [InlineData("GetDeadBatch", "batch_not_dead")]
    [InlineData("GetRecomputation", "recomputation_not_found")]
    public async Task What_is_not_there_is_answered_as_described(string id, string code)
    {
        var operation = (await ReadingAsync()).Single(operation => operation.Id == id);
        var unknown = operation.Path.Replace("{batch_id}", "{id}", StringComparison.Ordinal).Replace("{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal);
        unknown = unknown.Replace("{user}", PulseBoardApplication.NewUser(), StringComparison.Ordinal).Replace("{team}", $"{Guid.NewGuid():N}", StringComparison.Ordinal);

        using var response = await application.Dashboard.GetAsync(new Uri(unknown, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(code, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]);
        Assert.NotNull(operation.Json["responses"]!["404"]!["content"]!["application/problem+json"]!["examples"]![code]);
    }

    // The stream does not end.
    private async Task<IEnumerable<DescribedOperation>> ReadingAsync() =>
        DescribedOperation.AllOf(await application.Dashboard.GetStringAsync(new Uri(ServiceDescription.Path, UriKind.Relative)))
            .Where(operation => operation is { Method: "GET", Id: not "GetMetricsStream" });
}
