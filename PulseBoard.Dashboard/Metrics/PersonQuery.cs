using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>Everything about one person.</summary>
internal sealed class PersonQuery(DatabaseConnections connections, FilterReader filters)
{
    private const int Types = 20;

    // Not of person_days: those are of another zone for a while after the reporting zone was changed.
    private const string ReadEnds = """
        (SELECT month, cells FROM person_quarter_hours WHERE user_id = $1 ORDER BY month LIMIT 1)
        UNION ALL
        (SELECT month, cells FROM person_quarter_hours WHERE user_id = $1 ORDER BY month DESC LIMIT 1)
        """;

    private const string ReadDeltas = "SELECT quarter_hour FROM rollup_deltas WHERE user_id = $1 AND events > 0";

    /// <param name="user">The person.</param>
    /// <param name="filter">The rest of the filter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ParameterException">Nobody of that name is known.</exception>
    public Task<PersonMetrics> ReadAsync(string user, MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: true,
            async snapshot =>
            {
                var (first, last) = await ReadSpanAsync(snapshot, user, cancellationToken);
                if (first is null && !snapshot.Roster.Has(user))
                {
                    throw new ParameterException(
                        "person_not_found", "user", "Nobody of that name has done anything, or was entered under /api/people.", StatusCodes.Status404NotFound);
                }

                var own = filter.About(user);
                var (_, ranks, _) = await LeaderboardQuery.RankAsync(
                    snapshot, filter, new(MetricNames.ByUser, MetricNames.Events, Limit: int.MaxValue), cancellationToken);
                var team = snapshot.Roster.TeamOf(user);
                return new PersonMetrics(
                    user,
                    snapshot.Roster.NameOf(user),
                    team.Length > 0 ? team : null,
                    snapshot.Roster.NameOfTeam(team),
                    first,
                    last,
                    ranks.FirstOrDefault(rank => rank.Key == user),
                    await TotalsQuery.ReadAsync(snapshot, own, cancellationToken),
                    await TimeSeriesQuery.ReadAsync(snapshot, own, new(MetricNames.ByType, MetricNames.Events, Types), cancellationToken),
                    await HeatmapQuery.ReadAsync(snapshot, own, cancellationToken),
                    await CycleTimeQuery.ReadAsync(snapshot, own, limit: 1, cancellationToken));
            },
            cancellationToken);

    private async Task<(DateOnly? First, DateOnly? Last)> ReadSpanAsync(RollupSnapshot snapshot, string user, CancellationToken cancellationToken)
    {
        var quarterHours = new SortedSet<int>();
        await using var batch = snapshot.Connection.CreateBatch();
        foreach (var sql in (string[])[ReadEnds, ReadDeltas])
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = user } } });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var first = QuarterHour.Of(reader.GetFieldValue<DateOnly>(0));
            quarterHours.UnionWith(Cells.Unpack(reader.GetFieldValue<byte[]>(1)).Select(cell => first + cell.Offset));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            quarterHours.Add(reader.GetInt32(0));
        }

        return quarterHours.Count == 0 ? (null, null) : (DayOf(quarterHours.Min), DayOf(quarterHours.Max));

        DateOnly DayOf(int quarterHour) => LocalClock.DayOf(filters.ReportingZone, quarterHour);
    }
}
