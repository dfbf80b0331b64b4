using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace PulseBoard.Bench.Circuits;

/// <summary>What a circuit's two ends speak: SignalR's messages in MessagePack, under a name of Blazor's own.</summary>
internal sealed class BlazorPack : IHubProtocol
{
    private readonly MessagePackHubProtocol _messages = new();

    public string Name => "blazorpack";

    /// <summary>The version without acknowledgements, which Blazor's own script asks for.</summary>
    public int Version => 1;

    public TransferFormat TransferFormat => _messages.TransferFormat;

    public bool IsVersionSupported(int version) => version == Version;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        _messages.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _messages.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _messages.GetMessageBytes(message);
}
