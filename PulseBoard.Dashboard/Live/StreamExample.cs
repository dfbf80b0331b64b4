using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Live;

/// <summary>The beginning of a stream, for the API's description.</summary>
internal static class StreamExample
{
    private const long Version = 1_795_369_330_412;

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly DateTimeOffset At = new(2026, 11, 22, 17, 42, 10, TimeSpan.Zero);

    private static readonly MetricsChanged Changed = new(
        Version, At, Kinds: ["events"], From: At.AddMinutes(-12).AddSeconds(-10), To: At.AddMinutes(2).AddSeconds(50), Events: 17);

    public static string Text { get; } = Encoding.UTF8.GetString(
    [
        .. StreamMessage.Retry(TimeSpan.FromSeconds(2)),
        .. StreamMessage.Create(MetricsChanged.EventType, Version, Changed, Wire),
        .. StreamMessage.Create(MetricsHeartbeat.EventType, id: null, new MetricsHeartbeat(Version, At.AddSeconds(15)), Wire),
    ]);
}
