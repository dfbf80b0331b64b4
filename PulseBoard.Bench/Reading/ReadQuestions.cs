namespace PulseBoard.Bench.Reading;

/// <summary>Every question of the read API.</summary>
internal static class ReadQuestions
{
    /// <summary>All of them: as they are, beside the time before where they compare, and about a few of many.</summary>
    /// <param name="subjects">Whom and what they are about.</param>
    /// <param name="part">A part of the names of those that are meant; empty for all.</param>
    /// <exception cref="BenchmarkException">There is none of such a name.</exception>
    public static IReadOnlyList<ReadQuestion> About(ReadSubjects subjects, string part = "")
    {
        ReadQuestion[] meant = [.. All(subjects).Where(question => question.Name.Contains(part, StringComparison.OrdinalIgnoreCase))];
        return meant.Length > 0 ? meant : throw new BenchmarkException($"No question has '{part}' in its name.");
    }

    /// <summary>What an overview shows.</summary>
    /// <param name="filter">What it is about: parameters, escaped; empty for everything.</param>
    public static IReadOnlyList<ReadQuestion> Overview(string filter)
    {
        const string Compared = "compare=previous";
        ReadQuestion[] questions = [With(Totals, "", Compared), With(Series("type"), "", Compared), With(Leaderboard("user"), "", Compared), Heatmap, Events];
        return [.. filter.Length == 0 ? questions : questions.Select(question => With(question, "", filter)), Pipeline];
    }

    /// <summary>Each person's totals.</summary>
    public static ReadQuestion Summary { get; } = new("summary", "metrics/summary");

    /// <summary>A parameter, escaped.</summary>
    public static string Parameter(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";

    private static ReadQuestion Totals { get; } = new("totals", "metrics/totals");

    private static ReadQuestion Heatmap { get; } = new("heatmap", "metrics/heatmap");

    private static ReadQuestion Calendar { get; } = new("calendar", "metrics/calendar");

    private static ReadQuestion CycleTime { get; } = new("cycle time", "metrics/cycle-time");

    private static ReadQuestion Events { get; } = new("events", "events");

    private static ReadQuestion Pipeline { get; } = new("pipeline", "pipeline", IsAboutTime: false, IsCached: false);

    private static ReadQuestion[] All(ReadSubjects subjects)
    {
        var person = new ReadQuestion("person", $"metrics/people/{Uri.EscapeDataString(subjects.Person)}");
        ReadQuestion[] compared =
        [
            Totals,
            Series("none"),
            Series("type"),
            Series("team"),
            Series("user"),
            Series("none", "active_people"),
            Series("team", "active_people"),
            Leaderboard("user"),
            Leaderboard("team"),
            CycleTime,
            person,
        ];
        ReadQuestion[] filtered = [Summary, Totals, Series("type"), Heatmap, Calendar, Leaderboard("user"), CycleTime];
        return
        [
            .. compared,
            .. compared.Select(question => With(question, "compared", "compare=previous")),
            Summary,
            Heatmap,
            Calendar,
            With(Leaderboard("user"), "active days", "metric=active_days"),
            .. filtered.SelectMany(question => (ReadQuestion[])
            [
                With(question, "one team", Parameter("team", subjects.Teams[0])),
                With(question, "five people", string.Join('&', subjects.Five.Select(user => Parameter("user", user)))),
                With(question, "one type", Parameter("type", subjects.Type)),
            ]),
            Events,
            With(Events, "one person", Parameter("user", subjects.Person)),
            With(Events, "a rare type", Parameter("type", subjects.RareType)),
            With(Events, "search", Parameter("search", subjects.Search)),
            new("people", "people", IsAboutTime: false),
            new("people, search", "people", Parameter("search", subjects.Search), IsAboutTime: false),
            new("teams", "teams", IsAboutTime: false),
            Pipeline,
        ];
    }

    private static ReadQuestion Series(string by, string metric = "events") =>
        new(metric == "events" ? $"time series by {by}" : $"time series of {metric.Replace('_', ' ')} by {by}", "metrics/timeseries", $"by={by}&metric={metric}");

    private static ReadQuestion Leaderboard(string by) => new($"leaderboard of {by}s", "metrics/leaderboard", $"by={by}");

    private static ReadQuestion With(ReadQuestion question, string name, string query) => question with
    {
        Name = name.Length == 0 ? question.Name : $"{question.Name}, {name}",
        Query = question.Query.Length == 0 ? query : $"{question.Query}&{query}",
    };
}
