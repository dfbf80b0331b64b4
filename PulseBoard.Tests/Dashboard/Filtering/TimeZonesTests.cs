using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

public sealed class TimeZonesTests
{
    [Fact]
    public void Every_zone_of_the_database_is_found_by_its_name_and_kept()
    {
        Assert.All(ZoneFile.All(), file =>
        {
            var zone = TimeZones.Find(file.Id);

            Assert.Equal(file.Id, zone?.Id);
            Assert.Same(zone, TimeZones.Find(file.Id));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("europe/berlin")]
    [InlineData("EUROPE/BERLIN")]
    [InlineData("utc")]
    [InlineData("Europe")]
    [InlineData("Europe/")]
    [InlineData("/Europe/Berlin")]
    [InlineData("Europe//Berlin")]
    [InlineData("Europe/../Europe/Berlin")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("right/Europe/Berlin")]
    [InlineData("posixrules")]
    [InlineData("localtime")]
    [InlineData("leapseconds")]
    [InlineData("tzdata.zi")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC-11")]
    [InlineData("UTC+12")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("Europe/B\u00e9rlin")]
    [InlineData("Europe\\Berlin")]
    [InlineData("CET-1CEST")]
    [InlineData("+01:00")]
    public void What_is_no_name_of_the_database_is_no_zone(string id)
    {
        // Once the runtime knows a zone, it finds it under other capitals too.
        Assert.NotNull(TimeZones.Find("Europe/Berlin"));

        Assert.Null(TimeZones.Find(id));
    }

    [Fact]
    public void A_very_long_name_is_no_zone() => Assert.Null(TimeZones.Find(new string('A', 100_000)));

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("", "UTC")]
    [InlineData("europe/berlin", null)]
    [InlineData("Mars/Olympus", null)]
    public async Task The_reporting_zone_is_checked_when_the_service_starts(string zone, string? expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Reporting:TimeZone", zone)]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddFiltering();
        using var host = builder.Build();

        if (expected is not null)
        {
            await host.StartAsync();
            Assert.Equal(expected, host.Services.GetRequiredService<FilterReader>().ReportingZone.Id);
        }
        else
        {
            await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        }
    }

    [Fact]
    public void The_reporting_zone_is_UTC_where_none_is_set() => Assert.Equal("UTC", new ReportingOptions().TimeZone);
}
