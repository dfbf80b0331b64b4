namespace PulseBoard.Bench.Seeding;

/// <summary>Which history: the same plan gives the same events.</summary>
/// <param name="Events">How many events, exactly.</param>
/// <param name="People">How many people act, those who leave meanwhile included.</param>
/// <param name="Teams">How many teams they are in.</param>
/// <param name="Days">How many days it goes back.</param>
/// <param name="Until">When it ends: nothing happened, or was received, after that.</param>
/// <param name="Seed">Whose history it is.</param>
internal sealed record SeedPlan(int Events, int People, int Teams, int Days, DateTimeOffset Until, int Seed)
{
    /// <summary>The first local day.</summary>
    public DateOnly FirstDay => LastDay.AddDays(1 - Days);

    /// <summary>The last day, in UTC. Offices to the east may be a day ahead.</summary>
    public DateOnly LastDay => DateOnly.FromDateTime(Until.UtcDateTime);
}
