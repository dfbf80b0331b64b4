using PulseBoard.Bench.Reading;

namespace PulseBoard.Tests.Bench;

public sealed class ReadQuestionsTests
{
    private static readonly DateOnly Last = new(2026, 11, 26);

    private static readonly ReadSubjects Subjects = new(
        Last, "UTC", "ann&bob@example.com", ["a", "b", "c", "d", "e"], ["R&D", "Sales"], "page_viewed", "refund_made");

    [Fact]
    public void Ranges_end_on_the_last_day_and_are_as_long_as_they_say()
    {
        var ranges = ReadRange.All(Last);

        Assert.Equal([90, 365, 90, 365], ranges.Select(range => range.To.DayNumber - range.From.DayNumber + 1));
        Assert.All(ranges, range => Assert.Equal(Last, range.To));
        Assert.Equal([100, 250, 400, 1_000], ranges.Select(range => range.Goal.Bound));
        Assert.Equal([null, null, "Asia/Kathmandu", "Asia/Kathmandu"], ranges.Select(range => range.Zone));
    }

    [Fact]
    public void A_question_is_asked_about_a_range_with_everything_escaped()
    {
        var question = new ReadQuestion("events", "events", ReadQuestions.Parameter("user", "ann&bob@example.com"));

        Assert.Equal(
            "/api/events?user=ann%26bob%40example.com&from=2025-11-27&to=2026-11-26&tz=Asia%2FKathmandu", question.About(ReadRange.All(Last)[3]));
        Assert.Equal("/api/teams", new ReadQuestion("teams", "teams", IsAboutTime: false).About(ReadRange.Usual(Last)));
    }

    [Fact]
    public void Every_question_has_a_name_and_an_address_of_its_own()
    {
        var questions = ReadQuestions.About(Subjects);

        Assert.Distinct(questions.Select(question => question.Name));
        Assert.Distinct(questions.Select(question => question.About(ReadRange.Usual(Last))));
    }

    [Fact]
    public void An_overview_asks_six_questions_each_about_what_its_reader_looks_at()
    {
        var usual = ReadRange.Usual(Last);
        var everything = ReadQuestions.Overview("").Select(question => question.About(usual)).ToArray();
        var team = ReadQuestions.Overview(ReadQuestions.Parameter("team", "R&D")).Select(question => question.About(usual)).ToArray();

        Assert.Equal(6, everything.Length);
        Assert.All(team[..5], question => Assert.Contains("team=R%26D", question, StringComparison.Ordinal));
        Assert.Equal("/api/pipeline", everything[5]);
        Assert.Equal("/api/pipeline", team[5]);
    }
}
