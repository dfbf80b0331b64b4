using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using PulseBoard.Tests.Application;
using PulseBoard.Web.Access;

namespace PulseBoard.Tests.Web;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Client = IPAddress.Parse("203.0.113.1");
    private static readonly IPAddress Another = IPAddress.Parse("203.0.113.2");

    [Fact]
    public void Throttle_counts_attempts_that_fail_and_no_others()
    {
        using var throttle = Create(perClient: 2);

        for (var i = 0; i < 10; i++)
        {
            Assert.True(Try(throttle, Client, succeeds: true));
        }

        Assert.False(Try(throttle, Client));
        Assert.True(Try(throttle, Client, succeeds: true));
        Assert.False(Try(throttle, Client));
        Assert.Null(Try(throttle, Client, succeeds: true));
    }

    [Fact]
    public void Throttle_leaves_other_clients_alone()
    {
        using var throttle = Create(perClient: 1);
        Try(throttle, Client);

        Assert.Null(Try(throttle, Client, succeeds: true));
        Assert.True(Try(throttle, Another, succeeds: true));
    }

    [Theory]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1", true)]
    [InlineData("::ffff:203.0.113.1", "::ffff:203.0.113.2", false)]
    public void Throttle_takes_a_network_of_ipv6_for_one_client(string first, string second, bool same)
    {
        using var throttle = Create(perClient: 1);
        Try(throttle, IPAddress.Parse(first));

        Assert.Equal(same ? null : true, Try(throttle, IPAddress.Parse(second), succeeds: true));
    }

    [Fact]
    public void Throttle_says_when_the_next_attempt_is_possible()
    {
        using var throttle = Create(perClient: 1);
        Try(throttle, Client);

        throttle.Try(Client, () => true, out var retryAfter);

        Assert.InRange(retryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Throttle_opens_again_after_its_window()
    {
        using var throttle = Create(perClient: 1, window: TimeSpan.FromSeconds(1));
        Try(throttle, Client);

        await Eventually.BecomesAsync(
            "the next attempt to be possible", () => Task.FromResult(Try(throttle, Client, succeeds: true)), made => made == true);
    }

    [Fact]
    public async Task Sign_in_is_refused_after_too_many_failures_and_stays_possible_from_elsewhere()
    {
        await using var web = await SecuredWeb.StartAsync(new KeyValuePair<string, string?>("SignIn__FailuresPerClient", "3"));
        using var attacker = web.NewVisitor("203.0.113.1");
        using var person = web.NewVisitor("203.0.113.2");

        for (var i = 0; i < 3; i++)
        {
            using var wrong = await attacker.SignInAsync("a wrong one");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var refused = await attacker.SignInAsync(TestSecrets.SignInPassword);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(seconds, 1, 60);
        Assert.Contains(
            $"role=\"alert\">Too many attempts have failed. Try again in {seconds.ToString(CultureInfo.InvariantCulture)} seconds.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        await person.SignInAsync();
    }

    [Fact]
    public async Task Address_that_a_client_claims_counts_for_nothing_where_it_is_not_the_proxy()
    {
        await using var web = await SecuredWeb.StartAsync(
            new("SignIn__FailuresPerClient", "2"), new("ForwardedHeaders__KnownNetworks", "198.51.100.0/24"));
        using var first = web.NewVisitor("203.0.113.1");
        using var second = web.NewVisitor("203.0.113.2");
        using var third = web.NewVisitor("203.0.113.3");

        using var firstWrong = await first.SignInAsync("a wrong one");
        using var secondWrong = await second.SignInAsync("a wrong one");
        using var refused = await third.SignInAsync("a wrong one");

        Assert.Equal(HttpStatusCode.Unauthorized, secondWrong.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    private static SignInThrottle Create(int perClient, TimeSpan? window = null) => new(Options.Create(new SignInOptions
    {
        FailuresPerClient = perClient,
        FailureWindow = window ?? TimeSpan.FromMinutes(1),
    }));

    private static bool? Try(SignInThrottle throttle, IPAddress client, bool succeeds = false) => throttle.Try(client, () => succeeds, out _);
}
