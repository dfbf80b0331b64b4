namespace PulseBoard.Data.Rollups;

/// <summary>
/// Reads packed cells where they lie, code by code: whoever wants some codes only skips the others at the cost of their length.
/// <code>
/// var reader = new CellReader(bytes);
/// while (reader.NextCode())
/// {
///     while (reader.Next())
///     {
///         // reader.Code, reader.Offset, reader.Count
///     }
/// }
/// </code>
/// </summary>
public ref struct CellReader
{
    private readonly ReadOnlySpan<byte> _cells;
    private int _position;
    private int _end;

    /// <param name="cells">Packed by <see cref="Cells"/>.</param>
    public CellReader(ReadOnlySpan<byte> cells)
    {
        _cells = cells;
        Code = -1;
    }

    /// <summary>What the present cells count.</summary>
    public int Code { get; private set; }

    /// <summary>The bucket of the present cell.</summary>
    public int Offset { get; private set; }

    /// <summary>The number in the present cell.</summary>
    public long Count { get; private set; }

    /// <summary>Moves before the first cell of the next code, wherever it stands in this one.</summary>
    /// <returns>False at the end.</returns>
    public bool NextCode()
    {
        _position = _end;
        if (_position == _cells.Length)
        {
            return false;
        }

        Code += (int)ReadNumber() + 1;
        var length = (int)ReadNumber();
        _end = _position + length;
        Offset = -1;
        return true;
    }

    /// <summary>Moves to the next cell of this code.</summary>
    /// <returns>False where there is none.</returns>
    public bool Next()
    {
        if (_position == _end)
        {
            return false;
        }

        // Most cells count one event a short while after the one before: a byte.
        var step = ReadNumber();
        Offset += (int)(step >> 1) + 1;
        if ((step & 1) == 0)
        {
            Count = 1;
        }
        else
        {
            var number = ReadNumber();
            Count = (long)(number >> 1) ^ -(long)(number & 1);
        }

        return true;
    }

    private ulong ReadNumber()
    {
        ulong next = _cells[_position++];
        if (next < 0x80)
        {
            return next;
        }

        var number = next & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            next = _cells[_position++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
