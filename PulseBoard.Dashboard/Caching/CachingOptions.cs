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
}
