using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>Each person's totals.</summary>
internal sealed class SummaryQuery(DatabaseConnections connections)
{
    public Task<IReadOnlyList<UserSummary>> ReadAsync(MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync<IReadOnlyList<UserSummary>>(
            connections,
            filter,
            withRoster: false,
            async snapshot =>
            {
                var tally = new PersonTally(buckets: 1);
                await ActivityReader.ReadAsync(snapshot, filter, BucketMap.Whole(filter.Range), tally, cancellationToken);

                // People with the same count stand in the order of their names, so that the answer is the same each time.
                return tally.People
                    .Where(person => person.Value.Events[0] > 0)
                    .Select(person => new UserSummary(person.Key, person.Value.Events[0], person.Value.Created[0], person.Value.Completed[0]))
                    .OrderByDescending(person => person.TotalEvents)
                    .ThenBy(person => person.UserId, KeyOrder.Instance)
                    .ToArray();
            },
            cancellationToken);
}
