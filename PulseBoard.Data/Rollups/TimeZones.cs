using System.Collections.Concurrent;
using System.Security;

namespace PulseBoard.Data.Rollups;

/// <summary>The time zones of the IANA database, by their names and by nothing else that the system might take for one.</summary>
public static class TimeZones
{
    // The longest name of the database, America/Argentina/ComodRivadavia, has 32.
    private const int LongestId = 64;

    // Bounded by the database: only what it has is kept.
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new(StringComparer.Ordinal) { [TimeZoneInfo.Utc.Id] = TimeZoneInfo.Utc };

    /// <summary>A zone by its name.</summary>
    /// <param name="id">The name, in the database's own capitals; anything may stand here.</param>
    /// <returns>The zone, the same object each time; null where there is none of that name.</returns>
    public static TimeZoneInfo? Find(string id)
    {
        if (Known.TryGetValue(id, out var known))
        {
            return known;
        }

        return IsName(id) && Load(id) is { } zone ? Known.GetOrAdd(id, zone) : null;
    }

    private static TimeZoneInfo? Load(string id)
    {
        try
        {
            // The runtime also takes other capitals, once it knows the zone, and the names that Windows has.
            var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
            return zone.HasIanaId && string.Equals(zone.Id, id, StringComparison.Ordinal) ? zone : null;
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The name is a file's: no dots, so that it leads nowhere else, and a capital first, which the database's other folders and
    // files (posix/, right/, localtime) do not have.
    private static bool IsName(string id)
    {
        return id.Length is > 0 and <= LongestId
            && char.IsAsciiLetterUpper(id[0])
            && !id.EndsWith('/')
            && !id.Contains("//", StringComparison.Ordinal)
            && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or '+');
    }
}
