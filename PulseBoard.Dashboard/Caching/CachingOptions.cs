using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Caching;

/// <summary>Settings of the answer cache.</summary>
internal sealed class CachingOptions
{
    public const string SectionName = "Caching";

    /// <summary>How long an answer lives at most: the bound on staleness should a bump of the metrics version ever be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request waits for Redis, all in all, before Postgres answers.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RedisPatience { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long requests leave Redis alone once it did not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RedisPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long computing an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ComputeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that the answers in this process may take.</summary>
    [Range(0, 4L * 1024 * 1024 * 1024)]
    public long LocalBytes { get; set; } = 48 * 1024 * 1024;

    /// <summary>
    /// How long the metrics version is taken to be what Redis said last: longer than the time between two looks at it, and short
    /// enough that a process that stood still asks again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan VersionTrust { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long computing takes at least for an answer that may be served while the next one is computed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ExpensiveAfter { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// How long such an answer is behind at least before the next one is computed: while much is counted each version would be computed
    /// otherwise, five times a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long such an answer is served after a newer metrics version came.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StaleFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long other replicas leave a computation to one that has begun it: what it costs when that one dies.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan ComputingLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between two looks for an answer that another replica computes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(10);
}
