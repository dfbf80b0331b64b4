using System.Buffers;

namespace PulseBoard.Dashboard.Answers;

/// <summary>A growing buffer whose memory comes from the shared pool, and goes back when it is disposed.</summary>
/// <param name="capacity">Bytes to begin with.</param>
internal sealed class PooledBuffer(int capacity = 16 * 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes that were written.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - Length), nameof(count));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsSpan(Length);
    }

    /// <summary>Begins anew, with the same memory.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        // Once only: memory that is given back twice would be lent to two.
        var array = _array;
        (_array, Length) = ([], 0);
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Reserve(int size)
    {
        if (_array.Length - Length >= size)
        {
            return;
        }

        var wanted = Math.Min(Math.Max((long)_array.Length * 2, (long)Length + size), Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(wanted, checked(Length + size)));
        _array.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
