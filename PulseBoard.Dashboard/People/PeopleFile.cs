using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PulseBoard.Contracts;
using CsvWriter = PulseBoard.Dashboard.Answers.CsvWriter;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// A file of people (RFC 4180) with the columns <c>user</c>, <c>display_name</c> and <c>team</c>, as the export writes it and as
/// spreadsheets save it. Reading finds what is wrong with it line by line, up to a limit.
/// </summary>
internal sealed class PeopleFile
{
    /// <summary>Most faults that are told of one file.</summary>
    public const int MaximumErrors = 20;

    private const int LongestQuotedName = 40;
    private const string ByteOrderMark = "\uFEFF";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, (PersonEntry Entry, int Line)> _people = new(StringComparer.Ordinal);
    private readonly List<PeopleImportError> _errors = [];
    private string[] _columns = [];

    private PeopleFile()
    {
    }

    /// <summary>Its columns, as the export orders them.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Names.User, Names.DisplayName, Names.Team];

    /// <summary>Whom it names, each person once.</summary>
    public IReadOnlyCollection<PersonEntry> People => [.. _people.Values.Select(row => row.Entry)];

    /// <summary>What is wrong with it, in the order of the lines; nobody may be taken from a file with errors.</summary>
    public IReadOnlyList<PeopleImportError> Errors => _errors;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    public static PeopleFile Read(byte[] bytes)
    {
        var file = new PeopleFile();
        try
        {
            var text = StrictUtf8.GetString(bytes);
            file.ReadRows(text.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? text[1..] : text);
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length)).Count((byte)'\n');
            file.Add(line, null, "This is not UTF-8. A spreadsheet saves it under the name 'CSV UTF-8'.");
        }

        return file;
    }

    private void ReadRows(string text)
    {
        var malformed = false;
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = DelimiterOf(text),
                IgnoreBlankLines = false,
                BadDataFound = _ => malformed = true,
            });

        // A row may have several lines. It begins where the one before has ended.
        for (var line = 1; _errors.Count < MaximumErrors && parser.Read(); line = parser.RawRow + 1)
        {
            malformed = false;
            var row = parser.Record!;
            if (malformed)
            {
                // A quote that is not closed takes in what follows it: nothing can be said of the rest.
                Add(line, null, "A quote stands amid a value, or is never closed. A value with quotes in it is quoted itself, and they are doubled.");
                return;
            }

            if (_columns.Length == 0)
            {
                ReadHeader(line, row);
                if (_errors.Count > 0)
                {
                    return;
                }
            }
            else if (row is not [""])
            {
                ReadPerson(line, row);
            }
        }

        if (_columns.Length == 0)
        {
            Add(1, null, $"The file is empty. Its first line names the columns: {string.Join(',', Columns)}.");
        }
    }

    /// <summary>Spreadsheets of some countries save semicolons, which no name of a column has.</summary>
    private static string DelimiterOf(string text)
    {
        var header = text.AsSpan();
        if (header.IndexOfAny('\r', '\n') is >= 0 and var end)
        {
            header = header[..end];
        }

        return header.Contains(';') && !header.Contains(',') ? ";" : ",";
    }

    private void ReadHeader(int line, string[] row)
    {
        _columns = [.. row.Select(name => name.Trim().ToLowerInvariant())];
        foreach (var (name, count) in _columns.CountBy(name => name))
        {
            if (!Columns.Contains(name, StringComparer.Ordinal))
            {
                Add(line, Shown(name), $"There is no such column. The columns are {string.Join(',', Columns)}.");
            }
            else if (count > 1)
            {
                Add(line, name, "This column stands more than once.");
            }
        }

        foreach (var missing in Columns.Except(_columns, StringComparer.Ordinal))
        {
            Add(line, missing, $"This column is missing. The columns are {string.Join(',', Columns)}.");
        }
    }

    private void ReadPerson(int line, string[] row)
    {
        if (row.Length != _columns.Length)
        {
            Add(line, null, string.Create(CultureInfo.InvariantCulture, $"The row has {row.Length} values, and the header {_columns.Length}."));
            return;
        }

        var user = Value(Names.User);
        NameFault?[] faults =
        [
            Names.CheckUser(user),
            Names.ReadDisplayName(Value(Names.DisplayName), out var displayName),
            Names.ReadTeam(Value(Names.Team), out var team),
        ];
        foreach (var fault in faults.OfType<NameFault>())
        {
            Add(line, fault.Field, fault.Detail);
        }

        if (Array.TrueForAll(faults, fault => fault is null))
        {
            var entry = new PersonEntry(user, displayName, team);
            if (!_people.TryAdd(user, (entry, line)) && _people[user] is var first && first.Entry != entry)
            {
                Add(line, Names.User, string.Create(CultureInfo.InvariantCulture, $"This person stands in line {first.Line} already, with another name or team."));
            }
        }

        string Value(string column) => WithoutApostrophe(row[Array.IndexOf(_columns, column)]);
    }

    /// <summary>A cell without what keeps spreadsheets from running it.</summary>
    private static string WithoutApostrophe(string cell) => cell is ['\'', ..] && CsvWriter.TakesApostrophe(cell) ? cell[1..] : cell;

    private void Add(int line, string? column, string detail)
    {
        if (_errors.Count < MaximumErrors)
        {
            _errors.Add(new(line, column, detail));
        }
    }

    private static string Shown(string name) => name.Length > LongestQuotedName ? $"{name[..LongestQuotedName]}…" : name;
}
