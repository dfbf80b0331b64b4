using Npgsql;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>Reads packed columns of many rows into one buffer: an array for each would be tens of megabytes an answer.</summary>
internal sealed class PackedColumn
{
    private byte[] _buffer = new byte[4_096];

    /// <summary>A column of the present row; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Read(NpgsqlDataReader reader, int column)
    {
        var length = (int)reader.GetBytes(column, 0, null, 0, 0);
        if (length > _buffer.Length)
        {
            _buffer = new byte[length * 2];
        }

        reader.GetBytes(column, 0, _buffer, 0, length);
        return _buffer.AsSpan(0, length);
    }
}
