using System.Buffers;
using System.Text.Json;

namespace PulseBoard.Dashboard.Answers;

/// <summary>NDJSON: a line for each row, an object with the columns' names.</summary>
internal sealed class NdjsonWriter : RowWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly JsonSerializerOptions _json;
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText[] _names;

    /// <summary>Writes nothing yet.</summary>
    /// <param name="columns">The members of each object, in their order.</param>
    /// <param name="output">Where everything is written.</param>
    /// <param name="json">How values are written.</param>
    public NdjsonWriter(IReadOnlyList<string> columns, IBufferWriter<byte> output, JsonSerializerOptions json)
    {
        (_output, _json) = (output, json);
        _writer = new(output, new JsonWriterOptions { Encoder = json.Encoder });
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column, json.Encoder))];
    }

    public override void WriteHeader()
    {
        // Each line has the names.
    }

    public override void WriteRow(object?[] row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _names.Length, nameof(row));
        _writer.Reset();
        _writer.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _writer.WritePropertyName(_names[i]);
            WriteValue(row[i]);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        _output.Write("\n"u8);
    }

    public override void Dispose() => _writer.Dispose();

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                _writer.WriteNullValue();
                break;
            case string text:
                _writer.WriteStringValue(text);
                break;
            case int number:
                _writer.WriteNumberValue(number);
                break;
            case long number:
                _writer.WriteNumberValue(number);
                break;
            case double number:
                _writer.WriteNumberValue(number);
                break;
            case bool truth:
                _writer.WriteBooleanValue(truth);
                break;
            case DateTimeOffset time:
                _writer.WriteStringValue(time);
                break;
            default:
                JsonSerializer.Serialize(_writer, value, value.GetType(), _json);
                break;
        }
    }
}
