namespace PulseBoard.Contracts;

/// <summary>
/// The metrics version, a number in Redis that changes whenever an answer of the read side may have changed. Who changes metrics
/// bumps it after the commit, with <see cref="Bump"/>; who caches answers keeps them under it.
/// </summary>
public static class MetricsVersion
{
    /// <summary>The key that holds the version.</summary>
    public const string Key = "pulseboard:metrics:version";

    /// <summary>The channel on which each new version is published, as a <see cref="MetricsNotice"/>.</summary>
    public const string ChangedChannel = "pulseboard:metrics:changed";

    /// <summary>
    /// A script (Lua) that bumps the version and publishes the notice, both or neither, and in the same order for everybody.
    /// <c>KEYS</c>: <see cref="Key"/>. <c>ARGV</c>: <see cref="ChangedChannel"/>, <see cref="MetricsNotice.Describe"/>. Returns the
    /// new version.
    /// <para>
    /// The version is the Unix time in milliseconds, or one more than the last where that is not later. So no version comes twice,
    /// also where Redis lost the key or went back to an old snapshot: answers that somebody keeps under a version, and clients that
    /// were told of it, are never taken for those of another. Up to 2^53 the numbers of Lua and of JavaScript are exact.
    /// </para>
    /// <para>Call it without the client's cache of scripts (<c>CommandFlags.NoScriptCache</c>): it fails once after Redis lost them.</para>
    /// </summary>
    public const string Bump = """
        local time = redis.call('TIME')
        local before = tonumber(redis.call('GET', KEYS[1]) or '') or 0
        local version = math.max(before + 1, time[1] * 1000 + math.floor(time[2] / 1000))
        local text = string.format('%.0f', version)
        redis.call('SET', KEYS[1], text)
        redis.call('PUBLISH', ARGV[1], text .. ' ' .. ARGV[2] .. string.format(' after=%.0f', before))
        return version
        """;
}
