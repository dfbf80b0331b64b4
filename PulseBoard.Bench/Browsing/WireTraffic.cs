using System.Text.Json;
using Microsoft.Playwright;

namespace PulseBoard.Bench.Browsing;

/// <summary>
/// What a page moves over the network, as the browser's network panel has it: answers compressed and with their headers; frames of a
/// WebSocket before their compression, which the browser does not tell, and so a little more than there were.
/// </summary>
internal sealed class WireTraffic
{
    // A frame of text is told as it is, any other one in base64.
    private const int TextFrame = 1;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Uri> _requests = new(StringComparer.Ordinal);
    private readonly List<Resource> _resources = [];
    private long _frameBytes;

    private WireTraffic()
    {
    }

    /// <summary>Answers that are complete.</summary>
    public IReadOnlyList<Resource> Resources
    {
        get
        {
            lock (_gate)
            {
                return [.. _resources];
            }
        }
    }

    /// <summary>The bytes of all of it, those of the frames included.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _resources.Sum(resource => resource.Bytes) + _frameBytes;
            }
        }
    }

    /// <summary>Watches a page from now on.</summary>
    public static async Task<WireTraffic> WatchAsync(IPage page)
    {
        var traffic = new WireTraffic();
        var session = await page.Context.NewCDPSessionAsync(page);
        On("Network.requestWillBeSent", traffic.Request);
        On("Network.loadingFinished", traffic.Finish);
        On("Network.webSocketFrameReceived", traffic.Frame);
        On("Network.webSocketFrameSent", traffic.Frame);
        await session.SendAsync("Network.enable");
        return traffic;

        void On(string name, Action<JsonElement> handle) => session.Event(name).OnEvent += (_, message) =>
        {
            lock (traffic._gate)
            {
                handle(message!.Value);
            }
        };
    }

    private void Request(JsonElement message) => _requests[Id(message)] = new(message.GetProperty("request").GetProperty("url").GetString()!);

    private void Finish(JsonElement message)
    {
        if (_requests.TryGetValue(Id(message), out var address))
        {
            _resources.Add(new(address, (long)message.GetProperty("encodedDataLength").GetDouble()));
        }
    }

    private void Frame(JsonElement message)
    {
        var frame = message.GetProperty("response");
        var payload = frame.GetProperty("payloadData").GetString()!;
        _frameBytes += frame.GetProperty("opcode").GetInt32() == TextFrame ? payload.Length : Convert.FromBase64String(payload).Length;
    }

    private static string Id(JsonElement message) => message.GetProperty("requestId").GetString()!;

    /// <summary>An answer.</summary>
    /// <param name="Address">Where it came from.</param>
    /// <param name="Bytes">Its bytes on the wire.</param>
    public sealed record Resource(Uri Address, long Bytes);
}
