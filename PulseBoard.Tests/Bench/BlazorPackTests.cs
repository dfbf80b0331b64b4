using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using PulseBoard.Bench.Circuits;

namespace PulseBoard.Tests.Bench;

public sealed class BlazorPackTests : IInvocationBinder
{
    [Fact]
    public void A_rendering_is_read_once_all_of_it_is_there()
    {
        var protocol = new BlazorPack();
        var bytes = protocol.GetMessageBytes(new InvocationMessage("JS.RenderBatch", [7L, new byte[] { 1, 2, 3 }]));

        var part = new ReadOnlySequence<byte>(bytes[..^1]);
        var whole = new ReadOnlySequence<byte>(bytes);

        Assert.False(protocol.TryParseMessage(ref part, this, out _));
        Assert.True(protocol.TryParseMessage(ref whole, this, out var message));
        Assert.Equal([7L, new byte[] { 1, 2, 3 }], Assert.IsType<InvocationMessage>(message).Arguments);
        Assert.True(whole.IsEmpty);
    }

    [Fact]
    public void Nothing_is_said_where_a_rendering_succeeded()
    {
        // Length; invocation, no headers, no id, the target, its arguments: the number, and nil.
        byte[] expected = [0x1A, 0x96, 0x01, 0x80, 0xC0, 0xB1, .. "OnRenderCompleted"u8, 0x92, 0x07, 0xC0, 0x90];

        Assert.Equal(expected, new BlazorPack().GetMessageBytes(new InvocationMessage("OnRenderCompleted", [7L, null])).ToArray());
    }

    Type IInvocationBinder.GetReturnType(string invocationId) => typeof(string);

    IReadOnlyList<Type> IInvocationBinder.GetParameterTypes(string methodName) => [typeof(long), typeof(byte[])];

    Type IInvocationBinder.GetStreamItemType(string streamId) => typeof(object);
}
