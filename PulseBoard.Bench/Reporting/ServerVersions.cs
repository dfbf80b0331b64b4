using Npgsql;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Reporting;

/// <summary>The versions of the servers behind PulseBoard, asked of themselves.</summary>
internal static class ServerVersions
{
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(MeasuredSystem system, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>();
        if (system.Database is { } database)
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync(cancellationToken);
            versions["Postgres"] = connection.ServerVersion;
        }

        return versions;
    }
}
