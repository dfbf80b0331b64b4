using System.Text;

namespace PulseBoard.Bench.Load;

/// <summary>One question, again and again.</summary>
internal sealed class QuestionRequests(Uri server, string question) : ILoadRequests
{
    private readonly byte[] _request = Write(server, "GET", question);

    public ReadOnlyMemory<byte> Next() => _request;

    /// <summary>A request without a body.</summary>
    /// <param name="server">Whom it is sent to.</param>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="path">Path and query, escaped.</param>
    /// <param name="headers">Lines of headers of its own, each with its line end.</param>
    public static byte[] Write(Uri server, string method, string path, string headers = "") =>
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}\r\n");
}
