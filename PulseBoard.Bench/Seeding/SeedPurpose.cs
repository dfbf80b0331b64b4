namespace PulseBoard.Bench.Seeding;

/// <summary>What chance decides; each purpose has streams of its own.</summary>
internal enum SeedPurpose
{
    Names,
    Teams,
    People,
    TeamWeek,
    Presence,
    Acts,
}
