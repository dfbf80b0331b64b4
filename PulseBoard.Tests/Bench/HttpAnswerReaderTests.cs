using System.Text;
using PulseBoard.Bench.Load;

namespace PulseBoard.Tests.Bench;

public sealed class HttpAnswerReaderTests
{
    private const string WithLength = "HTTP/1.1 202 Accepted\r\ncontent-LENGTH: 5\r\nDate: now\r\n\r\nhello";
    private const string WithChunks = "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

    [Theory]
    [InlineData(WithLength, 202)]
    [InlineData(WithChunks, 503)]
    public void An_answer_is_complete_with_its_last_byte_and_no_sooner(string text, int status)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var received = 0; received < bytes.Length; received++)
        {
            Assert.False(HttpAnswerReader.TryRead(bytes.AsMemory(0, received), out _));
        }

        Assert.True(HttpAnswerReader.TryRead(bytes, out var answer));
        Assert.Equal(status, answer.Status);
        Assert.Equal("hello", Encoding.ASCII.GetString(answer.Body.Span));
        Assert.False(answer.Closes);
    }

    [Fact]
    public void An_answer_without_a_body_ends_with_its_head()
    {
        Assert.True(HttpAnswerReader.TryRead("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), out var answer));

        Assert.Equal(204, answer.Status);
        Assert.True(answer.Body.IsEmpty);
        Assert.True(answer.Closes);
    }

    [Fact]
    public void An_answer_has_its_headers_by_name_whatever_their_case()
    {
        Assert.True(HttpAnswerReader.TryRead("HTTP/1.1 200 OK\r\nX-Cache-Status: MISS\r\nETag:\"1:2\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), out var answer));

        var headers = answer.Headers();
        Assert.Equal(("MISS", "\"1:2\"", 3), (headers["x-cache-status"], headers["etag"], headers.Count));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nand then?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore")]
    public void What_is_not_the_answer_to_one_request_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => HttpAnswerReader.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
