namespace PulseBoard.Dashboard.Answers;

/// <summary>The ways in which an answer can be written.</summary>
internal sealed class AnswerFormat
{
    /// <summary>The whole answer.</summary>
    public static readonly AnswerFormat Json = new("json", "application", "json", "; charset=utf-8");

    /// <summary>The answer's table, for spreadsheets: RFC 4180 with a header row.</summary>
    public static readonly AnswerFormat Csv = new("csv", "text", "csv", "; charset=utf-8; header=present");

    /// <summary>The answer's table, for programs: an object a line.</summary>
    public static readonly AnswerFormat Ndjson = new("ndjson", "application", "x-ndjson", "");

    private AnswerFormat(string extension, string type, string subtype, string parameters)
    {
        (Extension, Type, Subtype) = (extension, type, subtype);
        MediaType = $"{type}/{subtype}";
        ContentType = MediaType + parameters;
    }

    /// <summary>All of them, the preferred one first.</summary>
    public static IReadOnlyList<AnswerFormat> All { get; } = [Json, Csv, Ndjson];

    /// <summary>How a file's name ends, without the dot; it also stands in keys of the cache.</summary>
    public string Extension { get; }

    public string Type { get; }

    public string Subtype { get; }

    /// <summary>Type and subtype.</summary>
    public string MediaType { get; }

    /// <summary>The value of the header <c>Content-Type</c>.</summary>
    public string ContentType { get; }
}
