namespace PulseBoard.Dashboard.Metrics;

/// <summary>
/// The order of people, teams and types that have the same number: by code point, as Postgres has it in collation C and the list of
/// people is in. It is that of <see cref="StringComparer.Ordinal"/> but for what lies beyond U+FFFF, whose halves have numbers from
/// the middle of it.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    private const char FirstAfterSurrogates = '\uE000';

    public static readonly KeyOrder Instance = new();

    private KeyOrder()
    {
    }

    public int Compare(string? x, string? y)
    {
        var common = x.AsSpan().CommonPrefixLength(y.AsSpan());
        if (x is null || y is null || common == x.Length || common == y.Length)
        {
            return string.CompareOrdinal(x, y);
        }

        var (one, other) = (x[common], y[common]);
        var swapped = char.IsSurrogate(one) != char.IsSurrogate(other) && Math.Max(one, other) >= FirstAfterSurrogates;
        return swapped ? other.CompareTo(one) : one.CompareTo(other);
    }
}
