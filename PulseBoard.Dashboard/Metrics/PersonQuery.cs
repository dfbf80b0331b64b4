using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>Everything about one person.</summary>
internal sealed class PersonQuery(DatabaseConnections connections)
{
    private const int Types = 20;

    private const string ReadDays = "SELECT month, totals FROM person_days WHERE user_id = $1 ORDER BY month";

    private const string ReadDeltas = "SELECT quarter_hour FROM rollup_deltas WHERE user_id = $1 AND events > 0";

    /// <param name="user">The person.</param>
    /// <param name="filter">The rest of the filter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ParameterException">Nobody of that name is known.</exception>
    public Task<PersonMetrics> ReadAsync(string user, MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            async snapshot =>
            {
                var (first, last) = await ReadSpanAsync(snapshot, user, cancellationToken);
                if (first is null && !snapshot.Roster.Has(user))
                {
                    throw new ParameterException(
                        "person_not_found", "user", "Nobody of that name has done anything, or was entered under /api/people.", StatusCodes.Status404NotFound);
                }

                var own = filter.For([user]);
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

    private static async Task<(DateOnly? First, DateOnly? Last)> ReadSpanAsync(RollupSnapshot snapshot, string user, CancellationToken cancellationToken)
    {
        var days = new SortedSet<DateOnly>();
        await using var batch = snapshot.Connection.CreateBatch();
        foreach (var sql in (string[])[ReadDays, ReadDeltas])
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = user } } });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var month = reader.GetFieldValue<DateOnly>(0);
            days.UnionWith(Cells.Unpack(reader.GetFieldValue<byte[]>(1)).Select(cell => month.AddDays(cell.Offset)));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(QuarterHour.Start(reader.GetInt32(0)), snapshot.DayZone).DateTime));
        }

        return days.Count == 0 ? (null, null) : (days.Min, days.Max);
    }
}
