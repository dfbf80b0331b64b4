using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Tests.Dashboard.Answers;

public sealed class NegotiationTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("TEXT/CSV; charset=utf-8", "text/csv")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/*", "text/csv")]
    [InlineData("application/*", "application/json")]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, image/avif, */*;q=0.8", "application/json")]
    [InlineData("text/csv, */*;q=0.1", "text/csv")]
    [InlineData("text/csv, */*", "text/csv")]
    [InlineData("text/csv;q=0.4, application/x-ndjson;q=0.9, application/json;q=0.2", "application/x-ndjson")]
    [InlineData("application/json;q=0, */*", "text/csv")]
    [InlineData("text/csv;q=0, */*;q=0.5", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("image/png", "application/json")]
    [InlineData("this is no list", "application/json")]
    public void The_format_is_what_the_client_likes_best(string? accept, string mediaType) =>
        Assert.Equal(mediaType, Negotiation.Choose(accept).MediaType);

    [Fact]
    public void Several_headers_are_one_list() =>
        Assert.Equal(AnswerFormat.Csv, Negotiation.Choose(new(["application/json;q=0.5", "text/csv"])));
}
