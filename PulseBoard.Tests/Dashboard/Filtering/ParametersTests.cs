using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class ParametersTests
{
    [Theory]
    [InlineData("", 10)]
    [InlineData("limit=1", 1)]
    [InlineData("limit=100", 100)]
    [InlineData("limit=007", 7)]
    public void A_number_is_read_or_its_default(string query, int expected) =>
        Assert.Equal(expected, Parameters.Number(Filters.Query(query), "limit", 1, 100, 10));

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=%2B1")]
    [InlineData("limit=1.0")]
    [InlineData("limit=1e1")]
    [InlineData("limit=%201")]
    [InlineData("limit=")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=%D9%A1")]
    [InlineData("limit=1&limit=1")]
    public void A_number_that_is_none_or_out_of_range_is_refused(string query)
    {
        var refusal = Assert.Throws<ParameterException>(() => Parameters.Number(Filters.Query(query), "limit", 1, 100, 10));

        Assert.Equal((ParameterCodes.Invalid, "limit"), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("by=team", "team")]
    [InlineData("by=none", "none")]
    public void One_of_some_words_is_read_or_its_default(string query, string expected) =>
        Assert.Equal(expected, Parameters.OneOf(Filters.Query(query), "by", ["none", "team", "user"], "none"));

    [Theory]
    [InlineData("by=Team")]
    [InlineData("by=")]
    [InlineData("by=team,user")]
    [InlineData("by=team&by=team")]
    public void Another_word_is_refused(string query) =>
        Assert.Equal("by", Assert.Throws<ParameterException>(() => Parameters.OneOf(Filters.Query(query), "by", ["none", "team", "user"], "none")).Field);

    [Fact]
    public void Another_word_is_told_which_there_are()
    {
        var refusal = Assert.Throws<ParameterException>(() => Parameters.OneOf(Filters.Query("by=day"), "by", ["none", "team"], "none"));

        Assert.Equal("'by' takes one of: none, team.", refusal.Message);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("search=a%20b", "a b")]
    [InlineData("search=1234567890", "1234567890")]
    public void A_text_is_read(string query, string? expected) => Assert.Equal(expected, Parameters.Text(Filters.Query(query), "search", 10));

    [Theory]
    [InlineData("search=12345678901")]
    [InlineData("search=")]
    [InlineData("search=%20")]
    [InlineData("search=%00")]
    [InlineData("search=a&search=b")]
    public void A_text_that_is_none_or_too_long_is_refused(string query) =>
        Assert.Equal("search", Assert.Throws<ParameterException>(() => Parameters.Text(Filters.Query(query), "search", 10)).Field);

    [Fact]
    public void An_endpoint_without_parameters_says_so()
    {
        var refusal = Assert.Throws<ParameterException>(() => new KnownParameters().Require(Filters.Query("x=1")));

        Assert.Equal("The endpoint has no parameter 'x': this endpoint has none.", refusal.Message);
    }
}
