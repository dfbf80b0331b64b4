using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Access;

namespace PulseBoard.Tests.Dashboard;

public sealed class DashboardKeysTests
{
    private static readonly DashboardKeys Keys = new(Options.Create(new AccessOptions()));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public void Reading_takes_the_read_key_or_the_administrator_token(string method) =>
        Assert.Equal(["read key", "administrator token"], Opening(method));

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    [InlineData("PURGE")]
    public void Any_other_verb_takes_the_administrator_token(string method) =>
        Assert.Equal(["administrator token"], Opening(method));

    private static IEnumerable<string> Opening(string method) =>
        Keys.Opening(new DefaultHttpContext { Request = { Method = method } }.Request).Select(key => key.Name);
}
