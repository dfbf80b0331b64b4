namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Shares strings that repeat. It forgets: each hash has one place, so it never grows. Threads need no lock, for a lost write
/// costs a copy of a string and nothing else.
/// </summary>
internal sealed class TextPool
{
    // A power of two.
    private const int Places = 8_192;

    // Longer texts seldom repeat, and hashing them costs.
    private const int LongestShared = 256;

    private readonly string?[] _places = new string?[Places];

    public string Share(string text)
    {
        if (text.Length is 0 or > LongestShared)
        {
            return text;
        }

        ref var place = ref _places[text.GetHashCode(StringComparison.Ordinal) & (Places - 1)];
        var known = Volatile.Read(ref place);
        if (known == text)
        {
            return known;
        }

        Volatile.Write(ref place, text);
        return text;
    }
}
