using System.Globalization;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// Texts as cells of a spreadsheet, which takes one that begins with <c>=</c> and the like for a formula, and runs it. An apostrophe
/// before it says that it is text. It goes before a text that begins with apostrophes and then such a character, too: so each text
/// comes back as it was.
/// </summary>
internal static class SpreadsheetText
{
    private const char Apostrophe = '\'';

    /// <summary>A text as a cell.</summary>
    public static string Defuse(string text) => IsFormula(text.AsSpan().TrimStart(Apostrophe)) ? $"{Apostrophe}{text}" : text;

    /// <summary>A cell as the text that it was.</summary>
    public static string Restore(string cell) =>
        cell is [Apostrophe, ..] && IsFormula(cell.AsSpan().TrimStart(Apostrophe)) ? cell[1..] : cell;

    /// <summary>Whether a spreadsheet may take a text for a formula, by the first character that it does not skip.</summary>
    private static bool IsFormula(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                // The last four are full-width, which spreadsheets of East Asia take as well.
                case '\t' or '\r' or '\n' or '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20':
                    return true;
                case var _ when !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format):
                    return false;
            }
        }

        return false;
    }
}
