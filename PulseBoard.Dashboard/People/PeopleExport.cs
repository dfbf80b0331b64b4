using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.People;

/// <summary>Everybody in the columns of an import.</summary>
internal static class PeopleExport
{
    private const string Header = $"{Names.User},{Names.DisplayName},{Names.Team}";

    // RFC 4180.
    private const string LineEnd = "\r\n";

    /// <summary>As a file that <see cref="PeopleFile"/> reads back to the same people.</summary>
    public static byte[] ToCsv(IEnumerable<PersonEntry> people)
    {
        var csv = new StringBuilder(Header).Append(LineEnd);
        foreach (var person in people)
        {
            csv.Append(Value(person.User)).Append(',').Append(Value(person.DisplayName)).Append(',').Append(Value(person.Team)).Append(LineEnd);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>As one JSON object a line.</summary>
    public static byte[] ToNdJson(IEnumerable<PersonEntry> people, JsonSerializerOptions json)
    {
        using var lines = new MemoryStream();
        foreach (var person in people)
        {
            JsonSerializer.Serialize(lines, person, json);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static string Value(string? text)
    {
        var cell = SpreadsheetText.Defuse(text ?? string.Empty);
        return cell.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
