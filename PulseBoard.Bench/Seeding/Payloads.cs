using System.Globalization;

namespace PulseBoard.Bench.Seeding;

/// <summary>What the events of a team carry as <c>data</c>. Texts that come again are made once.</summary>
internal sealed class Payloads
{
    private readonly string _prefix;
    private readonly long _first;
    private readonly string[] _commits;
    private readonly string[] _builds;
    private readonly string[] _deployments;
    private int _tasks;
    private int _incidents;

    /// <param name="team">The team.</param>
    /// <param name="seed">The history: no other one has its tasks.</param>
    public Payloads(Team team, int seed)
    {
        const long TasksPerSeed = 10_000_000;

        (_prefix, _first) = (team.Prefix, TasksPerSeed * (seed - 1));
        string[] repositories = [team.Key, $"{team.Key}-api", $"{team.Key}-app"];
        _commits = [.. repositories.Select(repository => $$"""{"repository":"{{repository}}"}""")];
        _builds = [.. repositories.SelectMany(repository => new[]
        {
            $$"""{"repository":"{{repository}}","status":"succeeded"}""",
            $$"""{"repository":"{{repository}}","status":"failed"}""",
        })];
        _deployments = [.. repositories.SelectMany(repository => new[]
        {
            $$"""{"repository":"{{repository}}","environment":"production","status":"succeeded"}""",
            $$"""{"repository":"{{repository}}","environment":"production","status":"failed"}""",
        })];
    }

    /// <summary>A task that nobody has had.</summary>
    public string NextTask() => string.Create(CultureInfo.InvariantCulture, $$"""{"task_id":"{{_prefix}}-{{_first + ++_tasks}}"}""");

    /// <summary>An incident that nobody has had.</summary>
    public string NextIncident() => string.Create(CultureInfo.InvariantCulture, $$"""{"incident_id":"{{_prefix}}-INC-{{_first + ++_incidents}}"}""");

    /// <summary>What an everyday event carries, or null.</summary>
    public string? Of(EventType type, SeedRandom random)
    {
        const double FailedBuilds = 0.14;
        const double FailedDeployments = 0.06;

        return type switch
        {
            EventType.CommitPushed => random.OneOf(_commits),
            EventType.BuildFinished => Of(_builds, FailedBuilds, random),
            EventType.DeploymentFinished => Of(_deployments, FailedDeployments, random),
            _ => null,
        };
    }

    // They come in pairs: what went well, and what did not.
    private static string Of(string[] pairs, double failed, SeedRandom random) =>
        pairs[(random.Next(pairs.Length / 2) * 2) + (random.Chance(failed) ? 1 : 0)];
}
