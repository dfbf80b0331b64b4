using System.Globalization;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.People;

/// <summary>Rules for what people and teams are called, wherever a name comes from.</summary>
internal static class Names
{
    public const string User = "user";
    public const string DisplayName = "display_name";
    public const string Team = "team";

    private const string Required = "required";
    private const string NotStorable = "not_storable";
    private const string ControlCharacter = "control_character";
    private const string TooLong = "too_long";

    /// <summary>
    /// Whether somebody can be called so: what Activity takes for <c>user</c>, to the character, since whoever acted can be named
    /// here. That is why it is not trimmed, either.
    /// </summary>
    /// <param name="user">The name.</param>
    /// <param name="field">The field that it stands in.</param>
    public static NameFault? CheckUser(string user, string field = User)
    {
        if (user.Contains('\0', StringComparison.Ordinal))
        {
            return new(NotStorable, field, $"'{field}' has a NUL character, which cannot be stored.");
        }

        if (string.IsNullOrWhiteSpace(user))
        {
            return new(Required, field, $"'{field}' is empty: it takes a text of 1 to {EventLimits.UserLength} characters.");
        }

        return IsLonger(user, EventLimits.UserLength) ? TooLongFor(field, EventLimits.UserLength) : null;
    }

    /// <summary>What is wrong with a team's key that is empty.</summary>
    public static NameFault TeamMissing { get; } =
        new(Required, Team, $"'{Team}' is empty: it takes a text of 1 to {PeopleLimits.TeamLength} characters.");

    /// <summary>Reads a display name: trimmed, and null where nothing is left.</summary>
    public static NameFault? ReadDisplayName(string? text, out string? name) => ReadLabel(text, DisplayName, PeopleLimits.DisplayNameLength, out name);

    /// <summary>Reads a team's key: trimmed, and null where nothing is left.</summary>
    public static NameFault? ReadTeam(string? text, out string? team) => ReadLabel(text, Team, PeopleLimits.TeamLength, out team);

    private static NameFault? ReadLabel(string? text, string field, int maximumLength, out string? label)
    {
        label = text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
        if (label is null)
        {
            return null;
        }

        if (label.Any(char.IsControl))
        {
            return new(ControlCharacter, field, $"'{field}' has a control character, such as a tab or the end of a line.");
        }

        return IsLonger(label, maximumLength) ? TooLongFor(field, maximumLength) : null;
    }

    // Postgres counts code points, not UTF-16 units.
    private static bool IsLonger(string text, int maximumLength) =>
        text.Length > maximumLength && text.EnumerateRunes().Count() > maximumLength;

    private static NameFault TooLongFor(string field, int maximumLength) =>
        new(TooLong, field, string.Create(CultureInfo.InvariantCulture, $"'{field}' is longer than {maximumLength} characters."));
}
