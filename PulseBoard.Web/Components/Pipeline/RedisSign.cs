using PulseBoard.Contracts;

namespace PulseBoard.Web.Components.Pipeline;

/// <summary>What can be known of Redis: where answers came from while somebody looked.</summary>
internal sealed class RedisSign
{
    private PipelineCache? _last;

    /// <summary>Whether Redis answered when it was last asked; null where nobody asked since the first look.</summary>
    public bool? Answers { get; private set; }

    /// <summary>Looks again.</summary>
    public void Observe(PipelineCache cache)
    {
        if (_last is { } last)
        {
            Answers = cache.Errors > last.Errors ? false : Served(cache) > Served(last) ? true : Answers;
        }

        _last = cache;
    }

    private static long Served(PipelineCache cache) => cache.Hits + cache.Stale + cache.Misses;
}
