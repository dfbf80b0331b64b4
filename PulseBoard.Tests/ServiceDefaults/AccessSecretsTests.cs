using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Tests.ServiceDefaults;

public sealed class AccessSecretsTests
{
    private const string Generated = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("Production", null, "is not set")]
    [InlineData("Production", "", "is not set")]
    [InlineData("Staging", null, "is not set")]
    [InlineData("Production", "change-me", "is shorter than 32 characters")]
    [InlineData("Development", "change-me", "is shorter than 32 characters")]
    [InlineData("Production", "a sentence that somebody made up for it", "has blanks in it")]
    public void A_secret_is_refused_that_is_missing_or_not_generated(string environment, string? value, string fault)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(environment, value));

        Assert.Equal(
            $"Access:Key {fault} (environment variable Access__Key). Outside Development PulseBoard starts only with generated secrets: deploy/generate-env.sh makes them.",
            Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("Production", Generated)]
    [InlineData("Development", Generated)]
    [InlineData("Development", null)]
    public void A_secret_is_taken_that_was_generated_and_may_be_missing_in_development(string environment, string? value)
    {
        Assert.Equal(value, Read(environment, value));
    }

    [Fact]
    public void Secrets_that_are_equal_are_refused()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read("Production", Generated, Generated));

        Assert.StartsWith(
            "Each setting of Access must be another secret: Access__Key, Access__Other.", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static string? Read(string environment, string? value, string other = "fedcba9876543210fedcba9876543210")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("Access:Key", value), new("Access:Other", other)]);
        builder.Services.AddAccessSecrets<Secrets>();
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<Secrets>>().Value.Key;
    }

    private sealed class Secrets
    {
        public string? Key { get; set; }

        public string? Other { get; set; }
    }
}
