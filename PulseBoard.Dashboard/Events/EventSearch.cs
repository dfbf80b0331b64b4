using PulseBoard.Dashboard.Rollups;

namespace PulseBoard.Dashboard.Events;

/// <summary>People and types with a text somewhere in their names, whatever its case.</summary>
/// <param name="text">The text.</param>
/// <param name="roster">How people are called.</param>
internal sealed class EventSearch(string text, Roster roster)
{
    /// <summary>Whether a person's key or name has it.</summary>
    public bool IsUser(string user) => Has(user) || (roster.NameOf(user) is { } name && Has(name));

    /// <summary>Whether a type has it.</summary>
    public bool IsType(string type) => Has(type);

    private bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
