using System.Buffers;
using System.Text;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.People;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.People;

public sealed class PeopleFileTests
{
    public static TheoryData<string, PersonEntry[]> Readable => new()
    {
        { "user,display_name,team\nalex,Alex,core\n", [new("alex", "Alex", "core")] },
        { "\uFEFFuser,display_name,team\r\nalex,Alex,core", [new("alex", "Alex", "core")] },
        { "team;user;display_name\r\ncore;alex;\"Doe; Alex\"\r\n", [new("alex", "Doe; Alex", "core")] },
        { "User, Display_Name ,TEAM\ralex,,\r", [new("alex", null, null)] },
        { "\"user\",\"display_name\",\"team\"\nalex,\"Alex \"\"the\"\" Doe\",\"\"\n", [new("alex", "Alex \"the\" Doe", null)] },
        { "user,display_name,team\n\nalex,Alex,core\n\n\nkim,Kim,\n\n", [new("alex", "Alex", "core"), new("kim", "Kim", null)] },
        { "user,display_name,team\n\"two\nlines\",Alex,core\n", [new("two\nlines", "Alex", "core")] },
        { "user,display_name,team\n alex ,  Alex  ,  core  \n", [new(" alex ", "Alex", "core")] },
        { "user,display_name,team\nalex,Alex,core\nalex,Alex ,core\n", [new("alex", "Alex", "core")] },
        { "user,display_name,team\n'=1+1,'@Alex,'-core\n''=2,'Alex,'\n", [new("=1+1", "@Alex", "-core"), new("'=2", "'Alex", "'")] },
        { "user,display_name,team\n=1+1,+Alex,-\n", [new("=1+1", "+Alex", "-")] },
        { "user,display_name,team\n\u6771\u4eac,\U0001F680,\u00fcber\n", [new("\u6771\u4eac", "\U0001F680", "\u00fcber")] },
        { "user,display_name,team\n", [] },
    };

    public static TheoryData<string, PeopleImportError[]> Faulty => new()
    {
        { "", [At(1, null)] },
        { "\n", [At(1, ""), At(1, "user"), At(1, "display_name"), At(1, "team")] },
        { "user,team\nalex,core\n", [At(1, "display_name")] },
        { "user,display_name,team,salary\nalex,Alex,core,1\n", [At(1, "salary")] },
        { "user,display_name,team,user\nalex,Alex,core,kim\n", [At(1, "user")] },
        { "alex,Alex,core\n", [At(1, "alex"), At(1, "core"), At(1, "user"), At(1, "display_name"), At(1, "team")] },
        { "user,display_name,team\nalex,Alex\nkim,Kim,core,x\n", [At(2, null), At(3, null)] },
        { "user,display_name,team\n,Alex,core\n  ,Kim,core\n", [At(2, "user"), At(3, "user")] },
        { "user,display_name,team\nal\0ex,Alex,core\n", [At(2, "user")] },
        { "user,display_name,team\nalex,Al\tex,co\u0007re\n", [At(2, "display_name"), At(2, "team")] },
        { "user,display_name,team\nalex,\"two\nlines\",core\nkim,Kim,\"co\r\nre\"\n", [At(2, "display_name"), At(4, "team")] },
        { "user,display_name,team\nalex,Alex,core\n\nkim,Kim,core\nalex,Alex,\n", [At(5, "user")] },
        { "user,display_name,team\nkim,Kim,core\nalex,Al\"ex,core\n", [At(3, null)] },
        { "user,display_name,team\n\nalex,\"Alex\"x,core\n", [At(3, null)] },
        { "user,display_name,team\nalex,\"Alex,core\nkim,Kim,core\n", [At(2, null)] },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void A_file_is_read_as_a_spreadsheet_saves_it(string text, PersonEntry[] people)
    {
        var file = PeopleFile.Read(Encoding.UTF8.GetBytes(text));

        Assert.Empty(file.Errors);
        Assert.Equal(people, file.People);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_is_told_with_its_line_and_column(string text, PeopleImportError[] places)
    {
        var file = PeopleFile.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(places, file.Errors.Select(error => error with { Detail = "" }));
        Assert.All(file.Errors, error => Assert.NotEmpty(error.Detail));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    public void A_file_in_another_encoding_is_refused_in_its_line(string encoding)
    {
        var file = PeopleFile.Read(
            [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes("user,display_name,team\nalex,\u00c4lex,core\n")]);

        var error = Assert.Single(file.Errors);
        Assert.Equal((encoding == "iso-8859-1" ? 2 : 1, null), (error.Line, error.Column));
        Assert.Contains("UTF-8", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_may_be_as_long_as_their_columns_and_no_longer()
    {
        // Characters that take two units of UTF-16 count once, as in Postgres.
        static string Name(int length) => string.Concat(Enumerable.Repeat("\U0001F680", length));

        Assert.Empty(Errors(Name(EventLimits.UserLength), Name(PeopleLimits.DisplayNameLength), Name(PeopleLimits.TeamLength)));
        Assert.Equal(
            ["user", "display_name", "team"],
            Errors(Name(EventLimits.UserLength + 1), Name(PeopleLimits.DisplayNameLength + 1), Name(PeopleLimits.TeamLength + 1)).Select(error => error.Column));

        static IReadOnlyList<PeopleImportError> Errors(string user, string displayName, string team) =>
            PeopleFile.Read(Encoding.UTF8.GetBytes($"user,display_name,team\n{user},{displayName},{team}\n")).Errors;
    }

    [Fact]
    public void No_more_faults_are_told_than_somebody_reads()
    {
        var file = PeopleFile.Read(Encoding.UTF8.GetBytes($"user,display_name,team\n{string.Concat(Enumerable.Repeat(",,\n", 10_000))}"));

        Assert.Equal(PeopleFile.MaximumErrors, file.Errors.Count);
    }

    [Fact]
    public void A_name_in_the_header_is_not_told_at_any_length()
    {
        var file = PeopleFile.Read(Encoding.UTF8.GetBytes($"user,display_name,team,{new string('x', 10_000)}\n"));

        Assert.True(Assert.Single(file.Errors).Column!.Length < 50);
    }

    [Fact]
    public void Whatever_people_are_called_an_export_is_read_back_as_it_was()
    {
        string[] texts =
        [
            "plain", "=1+1", "+1", "-1", "@x", "'=1+1", "''=1+1", "'", "''", "'plain", "a,b", "a;b", "\"quoted\"", "\"", "=\"a\",b", "\u6771\u4eac", "a b",
        ];
        PersonEntry[] people =
        [
            .. texts.Select((text, i) => new PersonEntry(text, texts[^(i + 1)], texts[(i + 5) % texts.Length])),
            new("\tab", null, null), new("\rx", null, "core"), new("two\r\nlines\n", "x", null), new(" =1", null, null), new("' =1", null, null), new("\n=1", null, null), new("\uFF1D1", null, null), new(" outer ", null, null), new("'\tab", null, null),
        ];

        var file = PeopleFile.Read(Export(people));

        Assert.Empty(file.Errors);
        Assert.Equal(people, file.People);
    }

    [Fact]
    public void No_cell_of_an_export_begins_a_formula()
    {
        var csv = Encoding.UTF8.GetString(Export([new("=cmd|' /C calc'!A0", "@SUM(1)", "+1"), new("\tx", "-1", null)]));

        Assert.Equal("user,display_name,team\r\n'=cmd|' /C calc'!A0,'@SUM(1),'+1\r\n\"'\tx\",'-1,\r\n", csv);
    }

    private static byte[] Export(PersonEntry[] people)
    {
        var csv = new ArrayBufferWriter<byte>();
        using var writer = RowWriter.Create(AnswerFormat.Csv, PeopleFile.Columns, csv, PulseBoardApplication.Json);
        writer.WriteAll(people.Select(person => new object?[] { person.User, person.DisplayName, person.Team }));
        return csv.WrittenSpan.ToArray();
    }

    private static PeopleImportError At(int line, string? column) => new(line, column, "");
}
