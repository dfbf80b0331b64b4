using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Descriptions;
using static PulseBoard.Dashboard.Descriptions.ExampleWeek;

namespace PulseBoard.Dashboard.People;

/// <summary>What is sent and answered about people and teams, for the API's description.</summary>
internal static class PeopleExamples
{
    public static Person Person { get; } = new(Alex.User, Alex.Name, Platform, PlatformName, Events: 18_204, LastDay: Week.To);

    public static PersonUpdate PersonUpdate { get; } = new(Alex.Name, Platform);

    public static PeoplePage Page { get; } = new(
        [
            Person,
            new(Kim.User, Kim.Name, Platform, PlatformName, Events: 15_371, LastDay: Week.To.AddDays(-1)),
            new(Sam.User, Sam.Name, Mobile, MobileName, Events: 12_990, LastDay: Week.To.AddDays(-2)),
        ],
        Next: null);

    public static Team[] Teams { get; } = [new(Mobile, MobileName, People: 1), new(Platform, PlatformName, People: 2)];

    public static Team Team { get; } = new(
        Platform, PlatformName, People: 2, [new(Alex.User, Alex.Name), new(Kim.User, Kim.Name)]);

    public static TeamUpdate TeamUpdate { get; } = new(PlatformName, [Alex.User, Kim.User]);

    public static PeopleImport Import { get; } = new(People: 3, Created: 1, Changed: 1, Unchanged: 1, TeamsCreated: 0);

    public static string Csv { get; } = AnswerDescriptions.Write(
        AnswerFormat.Csv, PeopleFile.Columns, Everybody.Select(person => new object?[] { person.User, person.Name, person.Team }), JsonSerializerOptions.Web);

    public static ProblemHttpResult InvalidCsv => PeopleProblems.InvalidCsv(
        [new PeopleImportError(3, Names.User, "'user' is empty: it takes a text of 1 to 100 characters.")]);
}
