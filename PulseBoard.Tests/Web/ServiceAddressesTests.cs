using Microsoft.Extensions.Configuration;
using PulseBoard.Web;

namespace PulseBoard.Tests.Web;

public sealed class ServiceAddressesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost:8000")]
    public void Addresses_name_the_setting_when_it_is_no_address(string? dashboard)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read("http://localhost:3001", dashboard));

        Assert.Contains("services__dashboard__http__0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_come_from_what_the_AppHost_injects()
    {
        var addresses = Read("http://localhost:3001", "https://dashboard:8000");

        Assert.Equal(new(new("http://localhost:3001"), new("https://dashboard:8000")), addresses);
    }

    private static ServiceAddresses Read(string? activity, string? dashboard) => ServiceAddresses.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["services:activity:http:0"] = activity,
                ["services:dashboard:http:0"] = dashboard,
            })
            .Build());
}
