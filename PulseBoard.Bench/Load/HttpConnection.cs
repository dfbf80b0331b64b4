using System.Net;
using System.Net.Sockets;

namespace PulseBoard.Bench.Load;

/// <summary>
/// One keep-alive connection that sends ready-made requests, one at a time. It costs a fraction of what HttpClient does, which
/// on a machine that is shared with the server would be measured as the server's.
/// </summary>
internal sealed class HttpConnection(IPEndPoint server) : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargestAnswer = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private Socket? _socket;

    /// <summary>How often it connected.</summary>
    public int Connects { get; private set; }

    /// <summary>Sends a request and waits for its answer. Connects first where it is not connected, as after an error.</summary>
    /// <exception cref="SocketException">The server cannot be reached, or the connection broke.</exception>
    /// <exception cref="EndOfStreamException">The server closed the connection before the answer's end.</exception>
    /// <exception cref="InvalidDataException">What came is no answer.</exception>
    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            var socket = _socket ?? await ConnectAsync(cancellationToken);
            for (var rest = request; rest.Length > 0;)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
            }

            var answer = await ReceiveAsync(socket, cancellationToken);
            if (answer.Closes)
            {
                Close();
            }

            return answer;
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _socket.ConnectAsync(server, cancellationToken);
        Connects++;
        return _socket;
    }

    private async ValueTask<HttpAnswer> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        var received = 0;
        while (true)
        {
            if (received == _buffer.Length)
            {
                if (received >= LargestAnswer)
                {
                    throw new InvalidDataException("An answer is too large.");
                }

                Array.Resize(ref _buffer, received * 2);
            }

            var more = await socket.ReceiveAsync(_buffer.AsMemory(received), SocketFlags.None, cancellationToken);
            if (more == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }

            received += more;
            if (HttpAnswerReader.TryRead(_buffer.AsMemory(0, received), out var answer))
            {
                return answer;
            }
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
