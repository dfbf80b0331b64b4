using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PulseBoard.Dashboard.Answers;

/// <summary>
/// CSV (RFC 4180) in UTF-8. Values look the same in every country, and times are ISO 8601. A text that a spreadsheet would take
/// for a formula gets an apostrophe in front, which makes it a text there too: events and names come from anybody.
/// </summary>
/// <param name="columns">The first line.</param>
/// <param name="output">Where everything is written.</param>
internal sealed class CsvWriter(IReadOnlyList<string> columns, IBufferWriter<byte> output) : RowWriter
{
    // As JSON has it: a fraction only where there is one.
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";
    private const string Date = "O";

    // More than any number, date or UUID takes.
    private const int ValueBytes = 64;

    // The semicolon and the tab as well: some countries' spreadsheets separate cells by them, and would find one in mid-text.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\uFF1D\uFF0B\uFF0D\uFF20");

    public override void WriteHeader()
    {
        for (var i = 0; i < columns.Count; i++)
        {
            Separate(i);
            WriteText(columns[i]);
        }

        output.Write("\r\n"u8);
    }

    public override void WriteRow(object?[] row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, columns.Count, nameof(row));
        for (var i = 0; i < row.Length; i++)
        {
            Separate(i);
            WriteValue(row[i]);
        }

        output.Write("\r\n"u8);
    }

    public override void Dispose()
    {
        // It holds nothing.
    }

    /// <summary>Whether a spreadsheet might compute a text: it begins with an operator, or does after what is skipped or not seen.</summary>
    internal static bool IsFormula(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character is '\t' or '\r' or '\n' || FormulaStarts.Contains(character))
            {
                return true;
            }

            if (!char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a cell of this text begins with an apostrophe more than the text. So does one that begins with apostrophes and then
    /// a formula: who takes one apostrophe off each cell of which this is true has every text as it was.
    /// </summary>
    internal static bool TakesApostrophe(ReadOnlySpan<char> text) => IsFormula(text.TrimStart('\''));

    private void Separate(int column)
    {
        if (column > 0)
        {
            output.Write(","u8);
        }
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                WriteText(text);
                break;
            case bool truth:
                output.Write(truth ? "true"u8 : "false"u8);
                break;
            case DateTimeOffset time:
                Write(time, Time);
                break;
            case DateOnly date:
                Write(date, Date);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or Guid:
                Write((IUtf8SpanFormattable)value, format: null);
                break;
            case JsonElement json:
                WriteText(json.GetRawText());
                break;
            default:
                WriteText(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Write<T>(T value, string? format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(output.GetSpan(ValueBytes), out var written, format, CultureInfo.InvariantCulture))
        {
            throw new FormatException($"A value of {value.GetType().Name} does not fit.");
        }

        output.Advance(written);
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        var takesApostrophe = TakesApostrophe(text);
        if (text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.ContainsAny(Quoted))
        {
            if (takesApostrophe)
            {
                output.Write("'"u8);
            }

            Encoding.UTF8.GetBytes(text, output);
            return;
        }

        output.Write(takesApostrophe ? "\"'"u8 : "\""u8);
        for (var quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            Encoding.UTF8.GetBytes(text[..(quote + 1)], output);
            output.Write("\""u8);
            text = text[(quote + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }
}
