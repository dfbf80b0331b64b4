using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>A team: an element of <c>GET /api/teams</c>, and the body of <c>GET /api/teams/{team}</c>.</summary>
/// <param name="Key">Which team it is, as filters name it in <c>team</c>.</param>
/// <param name="DisplayName">What pages call it; null where nobody said, and the key is shown.</param>
/// <param name="People">How many people belong to it.</param>
/// <param name="Members">These people, in the order of <see cref="TeamMember.User"/> by code point; absent in a list of teams.</param>
public sealed record Team(
    [property: JsonPropertyName("team")] string Key,
    string? DisplayName,
    int People,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TeamMember>? Members = null);

/// <summary>Somebody who belongs to a team.</summary>
/// <param name="User">Who it is, as clients send it in <c>user</c>.</param>
/// <param name="DisplayName">What pages call the person; null where nobody said.</param>
public sealed record TeamMember(string User, string? DisplayName);

/// <summary>The body of <c>PUT /api/teams/{team}</c>.</summary>
/// <param name="DisplayName">What pages call the team, up to <see cref="PeopleLimits.DisplayNameLength"/> characters; null for nothing but its key.</param>
/// <param name="Members">Exactly who belongs to the team from now on, and in all of history; null leaves its people as they are.</param>
public sealed record TeamUpdate(string? DisplayName, IReadOnlyList<string>? Members = null);
