using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>Changes to the packed rows of one table, by the key of the row.</summary>
/// <typeparam name="TKey">The key.</typeparam>
internal sealed class CellChanges<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<Cell>> _rows = [];

    /// <summary>The rows that change.</summary>
    public IReadOnlyDictionary<TKey, List<Cell>> Rows => _rows;

    /// <summary>Adds to a cell.</summary>
    public void Add(TKey row, int code, int offset, long count)
    {
        if (!_rows.TryGetValue(row, out var cells))
        {
            _rows.Add(row, cells = []);
        }

        cells.Add(new(code, offset, count));
    }

    /// <summary>A row as it is to be.</summary>
    /// <param name="row">Its key.</param>
    /// <param name="packed">What it was; empty where there is none.</param>
    public byte[] Merge(TKey row, ReadOnlySpan<byte> packed) =>
        _rows.TryGetValue(row, out var cells) ? Cells.Merge(packed, cells) : packed.ToArray();
}
