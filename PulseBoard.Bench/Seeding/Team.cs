namespace PulseBoard.Bench.Seeding;

/// <summary>People who work together.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="DisplayName">What it is called.</param>
/// <param name="Office">Where most of it works.</param>
/// <param name="Prefix">What the names of its tasks begin with: no other team has it.</param>
/// <param name="CycleTime">From a task's creation to its completion: half of them take less.</param>
internal sealed record Team(int Number, string DisplayName, Office Office, string Prefix, TimeSpan CycleTime)
{
    /// <summary>Its key, as people are assigned to it.</summary>
    public string Key { get; } = Names.Plain(DisplayName, '-');

    /// <summary>Who belongs to it, or did.</summary>
    public List<Person> Members { get; } = [];

    /// <summary>What somebody in it does.</summary>
    /// <param name="place">The person's place in the team, from 0.</param>
    /// <param name="random">Chance.</param>
    public Role RoleAt(int place, SeedRandom random)
    {
        const double Designers = 0.12;
        const int PeoplePerManager = 12;

        return place % PeoplePerManager == 0 ? Role.Manager
            : DisplayName.Contains("Support", StringComparison.Ordinal) ? Role.Support
            : DisplayName.Contains("Design", StringComparison.Ordinal) || random.Chance(Designers) ? Role.Designer
            : Role.Developer;
    }
}
