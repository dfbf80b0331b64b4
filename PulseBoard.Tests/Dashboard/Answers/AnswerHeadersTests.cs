using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Tests.Dashboard.Answers;

public sealed class AnswerHeadersTests
{
    [Theory]
    [InlineData("\"a1\"", true)]
    [InlineData("W/\"a1\"", true)]
    [InlineData("\"b2\", \"a1\"", true)]
    [InlineData("\"b2\",W/\"a1\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b2\"", false)]
    [InlineData("a1", false)]
    [InlineData("\"A1\"", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_entity_tag_is_found_in_a_list(string? ifNoneMatch, bool matches) =>
        Assert.Equal(matches, AnswerHeaders.Matches(ifNoneMatch, "\"a1\""));

    [Theory]
    [InlineData(null, true)]
    [InlineData("max-age=60", true)]
    [InlineData("no-transform", true)]
    [InlineData("no-cache", false)]
    [InlineData("max-age=0", false)]
    [InlineData("no-store, max-age=60", false)]
    [InlineData("no-transform, No-Cache", false)]
    public void A_client_says_whether_an_answer_may_be_behind(string? cacheControl, bool allowed) =>
        Assert.Equal(allowed, AnswerHeaders.AllowsStale(cacheControl));
}
