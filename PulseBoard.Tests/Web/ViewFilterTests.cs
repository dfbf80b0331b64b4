using PulseBoard.Web.Filtering;

namespace PulseBoard.Tests.Web;

public sealed class ViewFilterTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    [Theory]
    [InlineData("/")]
    [InlineData("/?range=7d")]
    [InlineData("/?from=2026-01-01&to=2026-02-01")]
    [InlineData("/?compare=year&interval=week&tz=Asia%2FKathmandu")]
    [InlineData("/?team=platform&team=&user=alex%40example.com&type=task_created")]
    [InlineData("/flow?range=365d&panel=trend")]
    public void An_address_survives_reading_and_writing(string address) =>
        Assert.Equal(address, ViewFilter.Parse(address).Address(new Uri("http://localhost" + address).AbsolutePath));

    [Theory]
    [InlineData("/?range=soon")]
    [InlineData("/?from=2026-02-01&to=2026-01-01")]
    [InlineData("/?from=2026-02-01")]
    [InlineData("/?compare=moon&interval=century&tz=Mars%2FBase")]
    [InlineData("/?unknown=1#part")]
    public void What_an_address_says_wrongly_counts_as_not_said(string address) => Assert.Equal(ViewFilter.Default, ViewFilter.Parse(address));

    [Theory]
    [InlineData("/", "api/x?from=2026-10-29&to=2026-11-27&compare=previous")]
    [InlineData("/?range=today&compare=none", "api/x?from=2026-11-27&to=2026-11-27")]
    [InlineData("/?from=2026-01-01&to=2026-02-01&user=a%26b", "api/x?from=2026-01-01&to=2026-02-01&compare=previous&user=a%26b")]
    public void A_question_is_about_what_the_address_says(string address, string question) =>
        Assert.Equal(question, ViewFilter.Parse(address).Question("api/x", Today, isCompared: true));

    [Fact]
    public void Equal_filters_are_equal_whatever_they_were_read_from() =>
        Assert.Equal(ViewFilter.Parse("/?type=a&type=b&team=x"), ViewFilter.Parse("/?team=x&type=a&type=b&type=a"));
}
