using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace PulseBoard.Activity.Ingestion;

/// <summary>
/// Reads batches: finds where each event begins and ends, and reads each for itself, so that a bad one is told apart from its
/// neighbours.
/// </summary>
internal sealed class BatchReader(EventReader events, IOptions<IngestionOptions> options)
{
    private const byte NewLine = (byte)'\n';
    private const string Shapes = """Send a JSON array of events, {"events":[…]}, or one event a line as application/x-ndjson.""";

    // However deep one event goes, its neighbours are read: its own depth is judged when it is read itself.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads a batch.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="batch">One for each event, in order.</param>
    /// <returns>Why nothing can be made of it as a whole, or null.</returns>
    public Refusal? Read(ReadOnlyMemory<byte> body, BatchFormat format, out IReadOnlyList<ReadEvent> batch)
    {
        batch = [];
        List<Range> found;
        try
        {
            found = format == BatchFormat.NdJson ? FindLines(body.Span) : FindElements(body.Span);
        }
        catch (JsonException exception)
        {
            return new(StatusCodes.Status400BadRequest, EventFault.InvalidJson, $"The body is not valid JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            // The latter where a name has an escape that is no text, such as \ud800.
            return new(StatusCodes.Status400BadRequest, Refusal.NotABatch, $"The body is no batch of events. {Shapes}");
        }

        var most = options.Value.BatchEvents;
        if (found.Count > most)
        {
            return new(
                StatusCodes.Status413PayloadTooLarge,
                Refusal.TooManyEvents,
                string.Create(CultureInfo.InvariantCulture, $"A batch may have {most} events at most. None was taken: send them in parts."));
        }

        if (found.Count == 0)
        {
            return new(StatusCodes.Status400BadRequest, Refusal.NoEvents, $"The batch has no events. {Shapes}");
        }

        var read = new ReadEvent[found.Count];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = events.Read(body[found[i]]);
        }

        batch = read;
        return null;
    }

    private List<Range> FindLines(ReadOnlySpan<byte> body)
    {
        var lines = new List<Range>();
        foreach (var range in body.Split(NewLine))
        {
            // A blank line, such as the one behind the last newline, is no event.
            if (!body[range].Trim(" \t\r"u8).IsEmpty)
            {
                lines.Add(range);
                if (IsTooLong(lines))
                {
                    break;
                }
            }
        }

        return lines;
    }

    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">It is JSON of another shape.</exception>
    private List<Range> FindElements(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, AnyDepth);
        reader.Read();
        List<Range>? elements = null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            elements = FindElements(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (!IsTooLong(elements) && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isEvents = reader.ValueTextEquals("events"u8);
                reader.Read();
                if (!isEvents)
                {
                    reader.Skip();
                }
                else if (elements is null && reader.TokenType == JsonTokenType.StartArray)
                {
                    elements = FindElements(ref reader);
                }
                else
                {
                    // No array, or there were two of them.
                    throw new FormatException();
                }
            }
        }

        if (elements is null)
        {
            throw new FormatException();
        }

        // What stands behind the batch makes it invalid too; only a batch that is refused is not read to its end.
        while (!IsTooLong(elements) && reader.Read())
        {
        }

        return elements;
    }

    private List<Range> FindElements(ref Utf8JsonReader reader)
    {
        var elements = new List<Range>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && !IsTooLong(elements))
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(start..(int)reader.BytesConsumed);
        }

        return elements;
    }

    private bool IsTooLong(List<Range>? elements) => elements?.Count > options.Value.BatchEvents;
}
