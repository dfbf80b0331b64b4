using System.Buffers.Text;

namespace PulseBoard.Bench.Load;

/// <summary>
/// Reads an HTTP/1.1 answer from the bytes that came so far: the status, the length, and the body. An answer usually comes in one
/// piece, so an answer in pieces is read again from its beginning with each of them.
/// </summary>
internal static class HttpAnswerReader
{
    private const int NoContent = 204;
    private const int NotModified = 304;

    /// <summary>Reads an answer. A chunked body is moved together within the buffer once it is complete.</summary>
    /// <param name="received">What came since the request was sent.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>False when more must come.</returns>
    /// <exception cref="InvalidDataException">This is not the answer to one request.</exception>
    public static bool TryRead(Memory<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var head = received.Span.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var lines = received[..head];
        var (status, length, chunked, closes) = ReadHead(lines.Span);
        var body = received[(head + 4)..];
        if (chunked)
        {
            return TryReadChunks(lines, body, status, closes, out answer);
        }

        if (length is null && status is not (NoContent or NotModified))
        {
            throw new InvalidDataException("An answer says neither how long it is nor that it comes in chunks.");
        }

        var expected = length ?? 0;
        if (body.Length > expected)
        {
            throw new InvalidDataException("More came than the answer.");
        }

        answer = new(status, lines, body, closes);
        return body.Length == expected;
    }

    private static (int Status, int? Length, bool Chunked, bool Closes) ReadHead(ReadOnlySpan<byte> head)
    {
        // HTTP/1.1 202 Accepted
        if (head.Length < 12 || !head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out var digits) || digits != 3)
        {
            throw new InvalidDataException("An answer does not begin with an HTTP/1.1 status line.");
        }

        int? length = null;
        var (chunked, closes) = (false, false);
        var rest = head;
        for (var end = rest.IndexOf("\r\n"u8); end >= 0; end = rest.IndexOf("\r\n"u8))
        {
            rest = rest[(end + 2)..];
            if (TryGetHeader(rest, "content-length:"u8, out var value))
            {
                length = Utf8Parser.TryParse(value, out int parsed, out _) && parsed >= 0
                    ? parsed
                    : throw new InvalidDataException("An answer's Content-Length is not a number.");
            }
            else if (TryGetHeader(rest, "transfer-encoding:"u8, out value))
            {
                chunked = System.Text.Ascii.EqualsIgnoreCase(value, "chunked"u8);
            }
            else if (TryGetHeader(rest, "connection:"u8, out value))
            {
                closes = System.Text.Ascii.EqualsIgnoreCase(value, "close"u8);
            }
        }

        return (status, length, chunked, closes);
    }

    private static bool TryGetHeader(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (lines.Length < name.Length || !System.Text.Ascii.EqualsIgnoreCase(lines[..name.Length], name))
        {
            return false;
        }

        var end = lines.IndexOf("\r\n"u8);
        value = (end < 0 ? lines : lines[..end])[name.Length..].Trim((byte)' ');
        return true;
    }

    // 1a\r\n<26 bytes>\r\n … 0\r\n\r\n
    private static bool TryReadChunks(ReadOnlyMemory<byte> head, Memory<byte> body, int status, bool closes, out HttpAnswer answer)
    {
        answer = default;
        var complete = Walk(body.Span, moves: false, out var consumed);
        if (complete is null)
        {
            return false;
        }

        if (consumed != body.Length)
        {
            throw new InvalidDataException("More came than the answer.");
        }

        Walk(body.Span, moves: true, out _);
        answer = new(status, head, body[..complete.Value], closes);
        return true;
    }

    /// <summary>Goes through the chunks.</summary>
    /// <returns>The body's length, or null when more must come.</returns>
    private static int? Walk(Span<byte> chunks, bool moves, out int position)
    {
        var length = 0;
        position = 0;
        while (true)
        {
            var rest = chunks[position..];
            var line = rest.IndexOf("\r\n"u8);
            if (line < 0)
            {
                return null;
            }

            if (!Utf8Parser.TryParse(rest[..line], out int size, out _, 'x') || size < 0)
            {
                throw new InvalidDataException("A chunk's size is not a number.");
            }

            var data = line + 2;
            if (rest.Length < data + size + 2)
            {
                return null;
            }

            if (moves)
            {
                rest.Slice(data, size).CopyTo(chunks[length..]);
            }

            length += size;
            position += data + size + 2;
            if (size == 0)
            {
                return length;
            }
        }
    }
}
