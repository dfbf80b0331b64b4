using System.Text;

namespace PulseBoard.Bench.Load;

/// <summary>An answer of the server.</summary>
/// <param name="Status">Its status code.</param>
/// <param name="Head">The status line and the headers, without the empty line; valid as long as the body.</param>
/// <param name="Body">Its body, valid until the next request on the same connection.</param>
/// <param name="Closes">The server closes the connection after it.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body, bool Closes)
{
    /// <summary>The server did what it was asked.</summary>
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.ASCII.GetString(Head.Span).Split("\r\n").Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
