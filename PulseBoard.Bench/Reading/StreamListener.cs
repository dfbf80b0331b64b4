using System.Diagnostics;
using System.Net.Sockets;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Reading;

/// <summary>An open stream of changes, as a page has one: a raw connection, since thousands of them share this machine with the server.</summary>
internal sealed class StreamListener : IDisposable
{
    private const string Path = "/api/metrics/stream";
    private const int BufferBytes = 4 * 1024;

    private readonly Uri _dashboard;
    private readonly Action<NoticeKinds, long> _told;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StreamListener(Uri dashboard, Action<NoticeKinds, long> told) => (_dashboard, _told) = (dashboard, told);

    /// <summary>Ends with the stream; failed where that ended by itself.</summary>
    public Task Listening { get; private set; } = Task.CompletedTask;

    /// <summary>Opens a stream, and waits for its first message, which says where the metrics stand.</summary>
    /// <param name="dashboard">The read API.</param>
    /// <param name="told">Is told what came, and when (a timestamp). It must not block.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static async Task<StreamListener> OpenAsync(Uri dashboard, Action<NoticeKinds, long> told, CancellationToken cancellationToken)
    {
        var listener = new StreamListener(dashboard, told);
        try
        {
            await listener._socket.ConnectAsync(ThisMachine.EndPoint(dashboard), cancellationToken);
            listener.Listening = listener.ListenAsync(cancellationToken);
            await Task.WhenAny(listener._greeted.Task, listener.Listening);
            if (listener.Listening.IsFaulted)
            {
                await listener.Listening;
            }

            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await _socket.SendAsync(QuestionRequests.Write(_dashboard, "GET", Path), SocketFlags.None, cancellationToken);
        var (buffer, filled) = (new byte[BufferBytes], 0);
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, cancellationToken);
                var at = Stopwatch.GetTimestamp();
                if (received == 0)
                {
                    throw new BenchmarkException("The read API ended a stream.");
                }

                filled += received;
                var kinds = NoticeText.Take(buffer.AsSpan(0, filled), out var consumed);
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                if (kinds == NoticeKinds.None)
                {
                    continue;
                }

                // The first one tells nothing that happens now.
                if (!_greeted.TrySetResult())
                {
                    _told(kinds, at);
                }
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted })
        {
            // It was closed from here.
        }
    }
}
