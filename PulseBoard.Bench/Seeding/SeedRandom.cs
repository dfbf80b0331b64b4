namespace PulseBoard.Bench.Seeding;

/// <summary>
/// Chance that is the same in every run: each place in the history has a stream of its own, so that what happens there does not
/// depend on what was asked for before. SplitMix64: quick to begin, which is done for each person and day.
/// </summary>
internal sealed class SeedRandom
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    /// <param name="seed">The history.</param>
    /// <param name="place">The place in it: a purpose, and whatever tells places of one purpose apart.</param>
    public SeedRandom(int seed, params ReadOnlySpan<int> place)
    {
        _state = (ulong)(uint)seed * Step;
        foreach (var part in place)
        {
            _state = NextBits() ^ ((ulong)(uint)part * Step);
        }
    }

    public ulong NextBits()
    {
        var bits = _state += Step;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>At least 0, less than 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least 0, less than <paramref name="below"/>.</summary>
    public int Next(int below) => (int)Math.BigMul(NextBits(), (ulong)below, out _);

    /// <summary>At least <paramref name="from"/>, less than <paramref name="below"/>.</summary>
    public double Between(double from, double below) => from + (NextDouble() * (below - from));

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>A whole number whose mean is <paramref name="mean"/>: the one below it or the one above.</summary>
    public int Around(double mean) => (int)mean + (Chance(mean - Math.Floor(mean)) ? 1 : 0);

    public double Normal(double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble()));

    /// <summary>Half of them are below <paramref name="median"/>, and some far above.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(Normal(0, sigma));

    /// <summary>One of them.</summary>
    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>The place of one of them, each as likely as it weighs.</summary>
    /// <param name="cumulative">The sums of the weights up to each.</param>
    public int Weighted(ReadOnlySpan<double> cumulative)
    {
        var place = cumulative.BinarySearch(NextDouble() * cumulative[^1]);
        return Math.Min(place < 0 ? ~place : place + 1, cumulative.Length - 1);
    }
}
