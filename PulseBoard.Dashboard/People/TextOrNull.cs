using Npgsql;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads texts that may be missing, which Npgsql gives no reference type for.</summary>
internal static class TextOrNull
{
    public static async Task<string?> GetTextOrNullAsync(this NpgsqlDataReader reader, int ordinal, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(ordinal, cancellationToken) ? null : reader.GetString(ordinal);
}
