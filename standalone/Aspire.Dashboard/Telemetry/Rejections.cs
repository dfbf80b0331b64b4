namespace Aspire.Dashboard.Telemetry;

/// <summary>The exports that were refused whole.</summary>
internal sealed class Rejections
{
    private long _unauthorized;
    private long _malformed;
    private long _tooLarge;

    public long Unauthorized => Volatile.Read(ref _unauthorized);

    public long Malformed => Volatile.Read(ref _malformed);

    public long TooLarge => Volatile.Read(ref _tooLarge);

    public void CountUnauthorized() => Interlocked.Increment(ref _unauthorized);

    public void CountMalformed() => Interlocked.Increment(ref _malformed);

    public void CountTooLarge() => Interlocked.Increment(ref _tooLarge);
}
