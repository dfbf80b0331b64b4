using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>
/// Reads parameters of a query one by one. What is wrong with one is told by what it takes: a value may be a person's name, and
/// answers end up in logs.
/// </summary>
internal static class Parameters
{
    /// <summary>The most values of one parameter.</summary>
    public const int MostValues = 1_000;

    /// <summary>The value of a parameter that is given once at most; null where it is absent.</summary>
    /// <exception cref="ParameterException">It is given twice, or empty.</exception>
    public static string? Single(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return null;
        }

        if (values.Count > 1)
        {
            throw Invalid(name, $"'{name}' takes one value: give it once.");
        }

        return values[0] is { Length: > 0 } value ? value : throw Invalid(name, $"'{name}' is empty: give it a value, or leave it out.");
    }

    /// <summary>A whole number.</summary>
    public static int Number(IQueryCollection query, string name, int least, int most, int otherwise)
    {
        if (Single(query, name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Invalid(name, string.Create(CultureInfo.InvariantCulture, $"'{name}' takes a whole number from {least} to {most}."));
    }

    /// <summary>One of some words.</summary>
    /// <returns>The word as it stands in <paramref name="words"/>, or <paramref name="otherwise"/>.</returns>
    public static string OneOf(IQueryCollection query, string name, IReadOnlyList<string> words, string otherwise)
    {
        if (Single(query, name) is not { } text)
        {
            return otherwise;
        }

        foreach (var word in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return word;
            }
        }

        throw Invalid(name, $"'{name}' takes one of: {string.Join(", ", words)}.");
    }

    /// <summary>A text; null where it is absent.</summary>
    public static string? Text(IQueryCollection query, string name, int maximumLength)
    {
        if (Single(query, name) is not { } text)
        {
            return null;
        }

        return WhyNot(text, maximumLength) is { } reason ? throw Invalid(name, $"'{name}' {reason}.") : text;
    }

    /// <summary>A text that is not of the query, such as one of the path.</summary>
    public static string Required(string text, string name, int maximumLength) =>
        WhyNot(text, maximumLength) is { } reason ? throw Invalid(name, $"'{name}' {reason}.") : text;

    /// <summary>A list of texts, one for each time that the parameter is given; distinct, in ordinal order.</summary>
    /// <param name="query">The request's query.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="maximumLength">Characters in one, at most.</param>
    /// <param name="emptyMeans">What an empty text stands for; null where it stands for nothing and is refused.</param>
    public static IReadOnlyList<string> Texts(IQueryCollection query, string name, int maximumLength, string? emptyMeans = null)
    {
        if (!query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return [];
        }

        if (values.Count > MostValues)
        {
            throw new ParameterException(
                ParameterCodes.TooManyValues,
                name,
                string.Create(CultureInfo.InvariantCulture, $"'{name}' is given {values.Count} times: at most {MostValues} are answered at once. Ask in parts, or leave it out for all."));
        }

        var texts = new string[values.Count];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = Checked(values, index, name, maximumLength, emptyMeans);
        }

        if (texts.Length == 1)
        {
            return texts;
        }

        Array.Sort(texts, StringComparer.Ordinal);
        var distinct = 1;
        for (var index = 1; index < texts.Length; index++)
        {
            if (!string.Equals(texts[index], texts[distinct - 1], StringComparison.Ordinal))
            {
                texts[distinct++] = texts[index];
            }
        }

        return distinct == texts.Length ? texts : texts[..distinct];
    }

    /// <summary>What to throw for a value that a parameter does not take.</summary>
    public static ParameterException Invalid(string name, string detail) => new(ParameterCodes.Invalid, name, detail);

    private static string Checked(StringValues values, int index, string name, int maximumLength, string? emptyMeans)
    {
        var text = values[index] ?? "";
        if (text.Length == 0 && emptyMeans is not null)
        {
            return text;
        }

        return WhyNot(text, maximumLength) is { } reason
            ? throw Invalid(name, emptyMeans is null ? $"'{name}' {reason}." : $"'{name}' {reason}; an empty one stands for {emptyMeans}.")
            : text;
    }

    // What ingestion takes, so that nothing that is stored cannot be asked for, and nothing else reaches Postgres.
    private static string? WhyNot(string text, int maximumLength)
    {
        if (string.IsNullOrWhiteSpace(text) || IsTooLong(text, maximumLength))
        {
            return string.Create(CultureInfo.InvariantCulture, $"takes a text of 1 to {maximumLength} characters that are not all spaces");
        }

        return IsStorable(text) ? null : "has a NUL character or half of a surrogate pair, which no stored text has";
    }

    // Postgres counts code points, not UTF-16 units. What has more than two units for each is too long without counting.
    private static bool IsTooLong(string text, int maximumLength) =>
        text.Length > maximumLength && (text.Length > 2 * maximumLength || text.EnumerateRunes().Count() > maximumLength);

    private static bool IsStorable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
