using PulseBoard.Data;

namespace PulseBoard.Analytics.Compaction;

/// <summary>The ids that event types have in packed rollups.</summary>
internal sealed class EventTypes
{
    private const string Read = "SELECT type_id, event_type FROM event_types";

    private const string Insert = "INSERT INTO event_types (type_id, event_type) SELECT * FROM unnest($1::integer[], $2::text[])";

    private readonly Dictionary<string, int> _ids;

    private EventTypes(Dictionary<string, int> ids) => _ids = ids;

    /// <summary>The id of a type that has one.</summary>
    public int this[string type] => _ids[type];

    /// <summary>
    /// Reads them, and gives ids to types that are new. Only whoever holds the lock of compaction may, so that no two are given the
    /// same; a transaction that is rolled back takes its ids with it.
    /// </summary>
    public static async Task<EventTypes> TakeAsync(DatabaseConnection connection, IEnumerable<string> types, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        await using (var read = connection.CreateCommand(Read))
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ids.Add(reader.GetString(1), reader.GetInt32(0));
            }
        }

        string[] added = [.. types.Where(type => !ids.ContainsKey(type)).Distinct(StringComparer.Ordinal)];
        if (added.Length > 0)
        {
            var next = ids.Values.DefaultIfEmpty().Max() + 1;
            int[] addedIds = [.. Enumerable.Range(next, added.Length)];
            await using var insert = connection.CreateCommand(Insert, addedIds, added);
            await insert.ExecuteNonQueryAsync(cancellationToken);
            foreach (var (type, id) in added.Zip(addedIds))
            {
                ids.Add(type, id);
            }
        }

        return new(ids);
    }
}
