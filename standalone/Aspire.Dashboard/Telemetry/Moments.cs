namespace Aspire.Dashboard.Telemetry;

/// <summary>Moments are kept as they are sent, in nanoseconds since the Unix epoch, and told in milliseconds.</summary>
internal static class Moments
{
    private const double NanosecondsPerMillisecond = 1e6;

    public static long FromWire(ulong nanoseconds) => nanoseconds > long.MaxValue ? long.MaxValue : (long)nanoseconds;

    public static long FromMilliseconds(double milliseconds) => (long)(milliseconds * NanosecondsPerMillisecond);

    public static double ToMilliseconds(long nanoseconds) => nanoseconds / NanosecondsPerMillisecond;

    public static long Now(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
