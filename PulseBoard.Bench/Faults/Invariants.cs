using System.Text.Json;

namespace PulseBoard.Bench.Faults;

/// <summary>What must hold once a fault is over and all is counted, whatever the fault was.</summary>
internal static class Invariants
{
    /// <summary>
    /// How many rollups are not what the events of the closed batches say, for each person and day: a batch that was counted
    /// twice, or closed without being counted, shows here.
    /// </summary>
    public const string Drift = """
        SELECT count(*)
        FROM (
            SELECT user_id, (timestamp AT TIME ZONE 'UTC')::date AS metric_date, count(*) AS event_count,
                   count(*) FILTER (WHERE event_type = 'task_created') AS tasks_created,
                   count(*) FILTER (WHERE event_type = 'task_completed') AS tasks_completed
            FROM events
            WHERE batch_id NOT IN (SELECT batch_id FROM event_batches)
            GROUP BY 1, 2) AS counted
        FULL JOIN daily_user_metrics AS rollup USING (user_id, metric_date)
        WHERE (counted.event_count, counted.tasks_created, counted.tasks_completed)
              IS DISTINCT FROM (rollup.event_count, rollup.tasks_created, rollup.tasks_completed)
        """;

    /// <summary>By how many events the read side's rollups, compacted or not, differ from the events of the closed batches.</summary>
    public const string ReadDrift = """
        SELECT abs(
            (SELECT count(*) FROM events WHERE batch_id NOT IN (SELECT batch_id FROM event_batches))
            - (SELECT coalesce(sum(events), 0) FROM quarter_hours)
            - (SELECT coalesce(sum(events), 0) FROM rollup_deltas))::bigint
        """;

    private static readonly TimeSpan HealthLimit = TimeSpan.FromMinutes(1);

    // Every event that was acknowledged has its one row, as it was sent. The ids are the table's primary key.
    private const string MissingOrAltered = """
        SELECT count(*)
        FROM unnest($1, $2, $3) AS posted (event_id, user_id, event_type)
        LEFT JOIN events USING (event_id)
        WHERE (events.user_id, events.event_type) IS DISTINCT FROM (posted.user_id, posted.event_type)
        """;

    // Nothing is stored for these people that was not sent.
    private const string Unsent = """
        SELECT count(*)
        FROM events
        WHERE user_id = ANY ($1) AND NOT EXISTS (SELECT FROM unnest($2) AS posted (event_id) WHERE posted.event_id = events.event_id)
        """;

    private const string Dead = "SELECT count(*) FROM event_batches WHERE dead_at IS NOT NULL";

    /// <summary>Rollups that are not what the events say.</summary>
    public static async Task<long> DriftAsync(TargetDatabase database, CancellationToken cancellationToken) =>
        await database.QueryAsync<long>(Drift, cancellationToken) + await database.QueryAsync<long>(ReadDrift, cancellationToken);

    /// <summary>What the answers say that the rows do not.</summary>
    public static async Task<IReadOnlyList<string>> OfAnswersAsync(
        TargetDatabase database, Workload load, CancellationToken cancellationToken)
    {
        var broken = new List<string>();
        var events = load.Ledger.Events;
        var acknowledged = events.Where(posted => posted.IsAcknowledged).ToArray();
        Expect(
            events.Count - acknowledged.Length,
            "events were never acknowledged");
        Expect(
            await database.QueryAsync<long>(
                MissingOrAltered,
                cancellationToken,
                acknowledged.Select(posted => posted.EventId).ToArray(),
                acknowledged.Select(posted => posted.User).ToArray(),
                acknowledged.Select(posted => posted.Type).ToArray()),
            "acknowledged events are not stored as they were sent");
        Expect(
            await database.QueryAsync<long>(Unsent, cancellationToken, load.People.ToArray(), events.Select(posted => posted.EventId).ToArray()),
            "stored events were never sent");
        Expect(events.Count(posted => posted.Accepted > 1), "events were accepted more than once");
        Expect(
            acknowledged.Count(posted => posted is { Accepted: 0, Uncertain: 0 }),
            "events were called duplicates of what nobody had stored");
        return broken;

        void Expect(long count, string what)
        {
            if (count > 0)
            {
                broken.Add($"{count} {what}");
            }
        }
    }

    /// <summary>Batches that were set aside.</summary>
    public static Task<long> DeadAsync(TargetDatabase database, CancellationToken cancellationToken) =>
        database.QueryAsync<long>(Dead, cancellationToken);

    /// <summary>Waits until every service says that all is well.</summary>
    /// <exception cref="TimeoutException">One does not.</exception>
    public static async Task HealthyAsync(FaultTarget target, CancellationToken cancellationToken)
    {
        foreach (var service in FaultTarget.Services)
        {
            using var client = target.System.CreateClient(service);
            await Waiting.UntilAsync($"{service} to be healthy", () => IsHealthyAsync(client, cancellationToken), HealthLimit, cancellationToken);
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
        using var report = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return report.RootElement.GetProperty("status").GetString() == "Healthy";
    }
}
