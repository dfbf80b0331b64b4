namespace PulseBoard.Data.Rollups;

/// <summary>One number of a packed rollup.</summary>
/// <param name="Code">What is counted, zero or more: the id of an event type, say. Each table says what its codes are.</param>
/// <param name="Offset">The bucket within the row's period, zero or more: a quarter hour of the month, say.</param>
/// <param name="Count">How many; negative in a change that takes back.</param>
public readonly record struct Cell(int Code, int Offset, long Count)
{
    /// <summary>By code, then by offset: the order in which they are packed.</summary>
    public static int CompareBuckets(Cell left, Cell right) =>
        left.Code != right.Code ? left.Code.CompareTo(right.Code) : left.Offset.CompareTo(right.Offset);
}
