namespace PulseBoard.Dashboard.Caching;

/// <summary>An answer of the read API, ready for the wire.</summary>
/// <param name="Json">The body, UTF-8.</param>
/// <param name="ComputedAt">When it was computed, in UTC.</param>
/// <param name="Status">Where it came from: <see cref="CacheStatus"/>.</param>
internal sealed record Answer(byte[] Json, DateTimeOffset ComputedAt, string Status);
