namespace PulseBoard.Contracts;

/// <summary>People or teams by a number, the largest first: the body of <c>GET /api/metrics/leaderboard</c>.</summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Comparison">The time that it is compared with, or null.</param>
/// <param name="Metric">
/// The number: <c>events</c>, <c>tasks_created</c>, <c>tasks_completed</c> or <c>active_days</c>, which of a team are those of its people
/// added up.
/// </param>
/// <param name="By">Who is ranked: <c>user</c> or <c>team</c>.</param>
/// <param name="Total">The number of everybody together; of active days, the sum over people or teams.</param>
/// <param name="Entries">The first ones; whoever has nothing is left out.</param>
public sealed record MetricsLeaderboard(
    MetricsRange Range, MetricsRange? Comparison, string Metric, string By, long Total, IReadOnlyList<MetricsRank> Entries);

/// <summary>A place in a leaderboard.</summary>
/// <param name="Rank">From 1; who has the same number has the same rank, and the next one is as far down as there are people before.</param>
/// <param name="Key">The person or team; empty is no team.</param>
/// <param name="Name">How it is called; null where that is the key.</param>
/// <param name="Team">The person's team; null where there is none.</param>
/// <param name="Value">The number.</param>
/// <param name="Share">Its share of the total, from 0 to 1.</param>
/// <param name="Previous">The number in the comparison; null without one.</param>
/// <param name="PreviousRank">The rank in the comparison; null without one, or where the number was zero.</param>
/// <param name="RankChange">By how many ranks it went up; negative is down, null where either rank is.</param>
public sealed record MetricsRank(
    int Rank, string Key, string? Name, string? Team, long Value, double Share, long? Previous, int? PreviousRank, int? RankChange);
