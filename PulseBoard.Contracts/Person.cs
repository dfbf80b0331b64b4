namespace PulseBoard.Contracts;

/// <summary>Somebody who acted or was entered: an element of <c>GET /api/people</c>, and the body of <c>GET /api/people/{user}</c>.</summary>
/// <param name="User">Who it is, as clients send it in <c>user</c>.</param>
/// <param name="DisplayName">What pages call the person; null where nobody said, and <paramref name="User"/> is shown.</param>
/// <param name="Team">The key of the team that the person belongs to, now and in all of history; null where there is none.</param>
/// <param name="TeamDisplayName">What pages call that team; null where nobody said, or where there is no team.</param>
/// <param name="Events">How many events of the person were counted, of all time.</param>
/// <param name="LastDay">The last day with an event, in the installation's reporting zone; null without events.</param>
public sealed record Person(string User, string? DisplayName, string? Team, string? TeamDisplayName, long Events, DateOnly? LastDay);

/// <summary>The body of <c>GET /api/people</c>.</summary>
/// <param name="People">In the order of <see cref="Person.User"/>, by code point.</param>
/// <param name="Next">The value of <c>cursor</c> for the page that follows; null on the last one.</param>
public sealed record PeoplePage(IReadOnlyList<Person> People, string? Next);

/// <summary>The body of <c>PUT /api/people/{user}</c>: all that is said of a person, so that what is absent is taken back.</summary>
/// <param name="DisplayName">What pages call the person, up to <see cref="PeopleLimits.DisplayNameLength"/> characters; null for nothing but the name in the events.</param>
/// <param name="Team">The key of a team that exists; null for none.</param>
public sealed record PersonUpdate(string? DisplayName, string? Team);

/// <summary>A person as <c>POST /api/people/import</c> takes it and <c>GET /api/people.csv</c> and <c>.ndjson</c> give it.</summary>
/// <param name="User">Who it is, as clients send it in <c>user</c>.</param>
/// <param name="DisplayName">What pages call the person; null for nothing but the name in the events.</param>
/// <param name="Team">The key of the person's team; null for none.</param>
public sealed record PersonEntry(string User, string? DisplayName, string? Team);
