using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>When a Redis saves its data; the last one counts.</summary>
internal sealed class RedisPersistenceAnnotation(TimeSpan? interval, long keysChanged) : IResourceAnnotation
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    public TimeSpan Interval { get; } = interval ?? DefaultInterval;

    public long KeysChanged { get; } = keysChanged;
}
