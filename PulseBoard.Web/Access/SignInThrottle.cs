using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PulseBoard.Web.Access;

/// <summary>
/// Limits the failed attempts of each client; those that succeed do not count. There is no limit for all together, which anybody
/// could use up to lock everybody out: passwords are too long to be guessed from however many addresses.
/// </summary>
internal sealed class SignInThrottle : IDisposable
{
    /// <summary>What one IPv6 client has at least: it may choose any address in it.</summary>
    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _gate = new();
    private readonly PartitionedRateLimiter<string> _failures;

    public SignInThrottle(IOptions<SignInOptions> options)
    {
        var limit = new FixedWindowRateLimiterOptions { PermitLimit = options.Value.FailuresPerClient, Window = options.Value.FailureWindow };

        _failures = PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetFixedWindowLimiter(client, _ => limit));
    }

    /// <summary>Makes an attempt, unless too many have failed.</summary>
    /// <param name="client">Who makes it.</param>
    /// <param name="attempt">Whether it succeeds. Attempts are made one after another, so that none slips through beside a last one.</param>
    /// <param name="retryAfter">When the next is surely possible, where this one was not; else zero.</param>
    /// <returns>Whether it succeeded, or null where it was not made.</returns>
    public bool? Try(IPAddress? client, Func<bool> attempt, out TimeSpan retryAfter)
    {
        var name = NameOf(client);

        lock (_gate)
        {
            using var left = _failures.AttemptAcquire(name, 0);
            left.TryGetMetadata(MetadataName.RetryAfter, out retryAfter);

            if (!left.IsAcquired)
            {
                return null;
            }

            if (attempt())
            {
                return true;
            }

            _failures.AttemptAcquire(name).Dispose();
            return false;
        }
    }

    public void Dispose() => _failures.Dispose();

    private static string NameOf(IPAddress? client) => client switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => client.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(client.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes)),
        _ => client.ToString(),
    };
}
