using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// Reads from JSON what is said of a person or a team, or says what is wrong with it. Fields that are not known are refused: with a
/// field that is misspelt, the right one would be absent, and what it said before would be lost.
/// </summary>
internal static class UpdateReader
{
    private const string Members = "members";

    // A key that stands twice has no one value; rejecting it beats choosing.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static Task<(PersonUpdate? Update, ProblemHttpResult? Problem)> ReadPersonAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, ReadPerson, cancellationToken);

    public static Task<(TeamUpdate? Update, ProblemHttpResult? Problem)> ReadTeamAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, ReadTeam, cancellationToken);

    private static async Task<(T? Update, ProblemHttpResult? Problem)> ReadAsync<T>(
        HttpRequest request, Func<JsonElement, (T? Update, NameFault? Fault)> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, PeopleProblems.JsonExpected);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, PeopleProblems.NotObject);
            }

            var (update, fault) = read(document.RootElement);
            return (update, fault is null ? null : PeopleProblems.Invalid(fault));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a text that is half of a surrogate pair.
            return (null, PeopleProblems.Invalid("invalid_json", $"The body is not valid JSON: {exception.Message}"));
        }
    }

    private static (PersonUpdate? Update, NameFault? Fault) ReadPerson(JsonElement body)
    {
        if (CheckFields(body, [Names.DisplayName, Names.Team]) is { } unknown)
        {
            return (null, unknown);
        }

        var nameFault = ReadDisplayName(body, out var displayName);
        var teamFault = ReadTeam(body, out var team);
        return (nameFault ?? teamFault) is { } fault ? (null, fault) : (new(displayName, team), null);
    }

    private static (TeamUpdate? Update, NameFault? Fault) ReadTeam(JsonElement body)
    {
        if (CheckFields(body, [Names.DisplayName, Members]) is { } unknown)
        {
            return (null, unknown);
        }

        var nameFault = ReadDisplayName(body, out var displayName);
        var membersFault = ReadMembers(body, out var members);
        return (nameFault ?? membersFault) is { } fault ? (null, fault) : (new(displayName, members), null);
    }

    private static NameFault? CheckFields(JsonElement body, string[] known)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
            {
                return new("unknown_field", property.Name, $"The body takes {string.Join(" and ", known.Select(field => $"'{field}'"))}, and nothing else.");
            }
        }

        return null;
    }

    private static NameFault? ReadDisplayName(JsonElement body, out string? displayName)
    {
        displayName = null;
        return ReadText(body, Names.DisplayName, out var text) ?? Names.ReadDisplayName(text, out displayName);
    }

    private static NameFault? ReadTeam(JsonElement body, out string? team)
    {
        team = null;
        return ReadText(body, Names.Team, out var text) ?? Names.ReadTeam(text, out team);
    }

    private static NameFault? ReadMembers(JsonElement body, out List<string>? members)
    {
        members = null;
        if (!body.TryGetProperty(Members, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return new("not_array", Members, $"'{Members}' must be an array of people, each a text.");
        }

        members = new(value.GetArrayLength());
        foreach (var member in value.EnumerateArray())
        {
            if (member.ValueKind != JsonValueKind.String)
            {
                return NotText(Members);
            }

            var user = member.GetString()!;
            if (Names.CheckUser(user, Members) is { } fault)
            {
                return fault;
            }

            members.Add(user);
        }

        return null;
    }

    /// <summary>A field that is null counts as absent.</summary>
    private static NameFault? ReadText(JsonElement body, string field, out string? text)
    {
        text = null;
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return NotText(field);
        }

        text = value.GetString();
        return null;
    }

    private static NameFault NotText(string field) => new("not_text", field, $"'{field}' must be a text.");
}
