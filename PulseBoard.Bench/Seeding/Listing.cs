namespace PulseBoard.Bench.Seeding;

/// <summary>What the directory of people knows of somebody.</summary>
internal enum Listing
{
    /// <summary>The display name and the team.</summary>
    Member,

    /// <summary>The display name: one of those who help several teams.</summary>
    NoTeam,

    /// <summary>Nothing: such a person is known from events alone.</summary>
    Unknown,
}
