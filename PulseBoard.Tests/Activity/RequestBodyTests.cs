using System.Text;
using Microsoft.AspNetCore.Http;
using PulseBoard.Activity.Ingestion;

namespace PulseBoard.Tests.Activity;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(100_000)]
    public async Task A_body_is_read_whole_up_to_the_limit(int length)
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', length));

        using var body = await RequestBody.ReadAsync(Request(new MemoryStream(bytes), length), limit: 100_000, CancellationToken.None);

        Assert.Equal(bytes, body.Bytes.ToArray());
    }

    [Fact]
    public async Task An_endless_body_is_read_no_further_than_the_limit_needs()
    {
        const int Limit = 1 << 20;
        var endless = new EndlessStream();

        var refused = await Assert.ThrowsAsync<BadHttpRequestException>(
            () => RequestBody.ReadAsync(Request(endless, announced: null), Limit, CancellationToken.None));

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, refused.StatusCode);
        Assert.InRange(endless.BytesRead, Limit + 1, 2 * Limit);
    }

    [Fact]
    public async Task A_length_that_is_only_announced_takes_no_memory()
    {
        var buffers = new List<int>();
        var stream = new EndlessStream { OnRead = buffers.Add };

        await Assert.ThrowsAsync<BadHttpRequestException>(
            () => RequestBody.ReadAsync(Request(stream, announced: 1L << 40), limit: 10_000, CancellationToken.None));

        Assert.All(buffers, length => Assert.InRange(length, 1, 16_384));
    }

    private static HttpRequest Request(Stream body, long? announced)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (body, announced);
        return request;
    }

    /// <summary>Gives as much as is asked for, for ever.</summary>
    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public Action<int>? OnRead { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            OnRead?.Invoke(buffer.Length);
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
