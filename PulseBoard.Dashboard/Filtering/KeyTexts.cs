using System.Text;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>Adds texts that callers gave to a key, each after its length, so that no text can pass for two.</summary>
internal static class KeyTexts
{
    /// <summary>Adds one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="kind">What the text is, so that it cannot pass for one of another kind.</param>
    /// <param name="text">The text; null adds nothing.</param>
    public static StringBuilder AddText(this StringBuilder key, char kind, string? text) =>
        text is null ? key : key.Append('|').Append(kind).Append(text.Length).Append(':').Append(text);

    /// <summary>Adds all of a list, which is in a canonical order.</summary>
    /// <param name="key">The key.</param>
    /// <param name="kind">What the texts are.</param>
    /// <param name="texts">The texts; an empty text is one as well.</param>
    public static StringBuilder AddTexts(this StringBuilder key, char kind, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            key.AddText(kind, text);
        }

        return key;
    }
}
