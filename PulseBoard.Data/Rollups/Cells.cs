using System.Buffers;

namespace PulseBoard.Data.Rollups;

/// <summary>
/// Cells packed for one row: the numbers of a person's month, say, in a few hundred bytes. A row for each number would take a
/// hundred times the room, and reading the rows would be all that an answer costs.
/// <para>
/// The format, all numbers as LEB128: for each code the distance to the code before (less one), the length of its cells in bytes, and
/// its cells; for each cell the distance to the offset before (less one) times two, plus one where a count follows (zigzag); where none
/// does the count is one. The first distance counts from -1. Zeros are left out.
/// </para>
/// </summary>
public static class Cells
{
    private const int LongestNumber = 10;

    /// <summary>Packs cells.</summary>
    /// <param name="cells">In any order; those of one code and offset are added up.</param>
    public static byte[] Pack(IEnumerable<Cell> cells) => Merge([], cells);

    /// <summary>Unpacks cells, in their order.</summary>
    /// <param name="packed">What was packed.</param>
    public static List<Cell> Unpack(ReadOnlySpan<byte> packed)
    {
        var cells = new List<Cell>(packed.Length);
        var reader = new CellReader(packed);
        while (reader.NextCode())
        {
            while (reader.Next())
            {
                cells.Add(new(reader.Code, reader.Offset, reader.Count));
            }
        }

        return cells;
    }

    /// <summary>Adds changes to packed cells.</summary>
    /// <param name="packed">What was packed.</param>
    /// <param name="changes">In any order.</param>
    /// <returns>The sums, packed.</returns>
    public static byte[] Merge(ReadOnlySpan<byte> packed, IEnumerable<Cell> changes)
    {
        var cells = Unpack(packed);
        cells.AddRange(changes);
        cells.Sort(Cell.CompareBuckets);

        var written = new ArrayBufferWriter<byte>(packed.Length + 64);
        var ofCode = new ArrayBufferWriter<byte>(256);
        var (code, lastCode, lastOffset) = (-1, -1, -1);
        for (var i = 0; i < cells.Count;)
        {
            var cell = cells[i];
            long count = 0;
            for (; i < cells.Count && Cell.CompareBuckets(cells[i], cell) == 0; i++)
            {
                count += cells[i].Count;
            }

            if (count == 0)
            {
                continue;
            }

            if (cell.Code != code)
            {
                EndCode();
                (code, lastOffset) = (cell.Code, -1);
            }

            WriteCell(ofCode, cell.Offset - lastOffset - 1, count);
            lastOffset = cell.Offset;
        }

        EndCode();
        return written.WrittenSpan.ToArray();

        void EndCode()
        {
            if (ofCode.WrittenCount > 0)
            {
                WriteNumber(written, (ulong)(code - lastCode - 1));
                WriteNumber(written, (ulong)ofCode.WrittenCount);
                written.Write(ofCode.WrittenSpan);
                ofCode.ResetWrittenCount();
                lastCode = code;
            }
        }
    }

    private static void WriteCell(ArrayBufferWriter<byte> writer, int distance, long count)
    {
        if (count == 1)
        {
            WriteNumber(writer, (ulong)distance << 1);
        }
        else
        {
            WriteNumber(writer, ((ulong)distance << 1) | 1);
            WriteNumber(writer, (ulong)((count << 1) ^ (count >> 63)));
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, ulong number)
    {
        var span = writer.GetSpan(LongestNumber);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            span[length++] = (byte)(number | 0x80);
        }

        span[length++] = (byte)number;
        writer.Advance(length);
    }
}
