using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PulseBoard.Web.Access;

/// <summary>Limits failed attempts, per client and in total; those that succeed do not count.</summary>
internal sealed class SignInThrottle : IDisposable
{
    /// <summary>What one IPv6 client has at least: it may choose any address in it.</summary>
    private const int Ipv6PrefixBytes = 8;

    private readonly Lock _gate = new();
    private readonly RateLimiter _total;
    private readonly PartitionedRateLimiter<string> _perClient;

    public SignInThrottle(IOptions<SignInOptions> options)
    {
        var settings = options.Value;
        _total = new FixedWindowRateLimiter(Limit(settings.FailuresInTotal));
        _perClient = PartitionedRateLimiter.Create<string, string>(
            client => RateLimitPartition.GetFixedWindowLimiter(client, _ => Limit(settings.FailuresPerClient)));

        FixedWindowRateLimiterOptions Limit(int failures) => new() { PermitLimit = failures, Window = settings.FailureWindow };
    }

    /// <summary>Makes an attempt, unless too many have failed.</summary>
    /// <param name="client">Who makes it.</param>
    /// <param name="attempt">Whether it succeeds. Attempts are made one after another, so that none slips through beside a last one.</param>
    /// <param name="retryAfter">When the next is possible, where this one was not; else zero.</param>
    /// <returns>Whether it succeeded, or null where it was not made.</returns>
    public bool? Try(IPAddress? client, Func<bool> attempt, out TimeSpan retryAfter)
    {
        var name = NameOf(client);

        lock (_gate)
        {
            // The total first: while it is used up, no address that somebody makes up costs any memory.
            if (IsUsedUp(_total.AttemptAcquire(0), out retryAfter) || IsUsedUp(_perClient.AttemptAcquire(name, 0), out retryAfter))
            {
                return null;
            }

            if (attempt())
            {
                return true;
            }

            _total.AttemptAcquire().Dispose();
            _perClient.AttemptAcquire(name).Dispose();
            return false;
        }
    }

    public void Dispose()
    {
        _total.Dispose();
        _perClient.Dispose();
    }

    private static bool IsUsedUp(RateLimitLease lease, out TimeSpan retryAfter)
    {
        using (lease)
        {
            lease.TryGetMetadata(MetadataName.RetryAfter, out retryAfter);
            return !lease.IsAcquired;
        }
    }

    private static string NameOf(IPAddress? client) => client switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => client.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(client.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes)),
        _ => client.ToString(),
    };
}
