namespace PulseBoard.Web.Forwarding;

/// <summary>An API that requests are forwarded to, and whether the last one reached it.</summary>
/// <param name="name">What people call it, as in "the Activity API".</param>
/// <param name="address">Its scheme, host and port.</param>
internal sealed class Upstream(string name, Uri address)
{
    private volatile int _away;

    public string Name => name;

    public Uri Address => address;

    /// <summary>Whether this begins an outage: of all requests that fail in one, a single one is told so.</summary>
    public bool WentAway() => Interlocked.Exchange(ref _away, 1) == 0;

    /// <summary>Whether this ends an outage.</summary>
    public bool CameBack() => _away != 0 && Interlocked.Exchange(ref _away, 0) != 0;
}
