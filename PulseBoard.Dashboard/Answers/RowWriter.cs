using System.Buffers;
using System.Text.Json;

namespace PulseBoard.Dashboard.Answers;

/// <summary>Writes the rows of a table, one after the other.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>One for a table.</summary>
    /// <param name="format">CSV or NDJSON.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="output">Where everything is written.</param>
    /// <param name="json">How values are written as JSON.</param>
    public static RowWriter Create(AnswerFormat format, IReadOnlyList<string> columns, IBufferWriter<byte> output, JsonSerializerOptions json) =>
        format == AnswerFormat.Csv ? new CsvWriter(columns, output)
        : format == AnswerFormat.Ndjson ? new NdjsonWriter(columns, output, json)
        : throw new ArgumentException($"'{format.MediaType}' has no rows.", nameof(format));

    /// <summary>What comes before the first row.</summary>
    public abstract void WriteHeader();

    /// <summary>A row.</summary>
    /// <param name="row">One value for each column.</param>
    public abstract void WriteRow(object?[] row);

    public abstract void Dispose();

    /// <summary>All of a table.</summary>
    public void WriteAll(IEnumerable<object?[]> rows)
    {
        WriteHeader();
        foreach (var row in rows)
        {
            WriteRow(row);
        }
    }
}
