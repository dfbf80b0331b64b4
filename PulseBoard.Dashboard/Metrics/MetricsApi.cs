using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.People;
using PulseBoard.ServiceDefaults.Descriptions;
using static PulseBoard.Dashboard.Metrics.MetricsParameters;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>The questions of the read API.</summary>
internal static class MetricsApi
{
    public const string Tag = "Metrics";

    private const string UserRoute = "user";

    private static readonly FilterRules SummaryRules = new(DefaultRange.AllTime, usesInterval: false, usesComparison: false);
    private static readonly FilterRules TotalsRules = new(DefaultRange.Month, usesInterval: false, usesComparison: true);
    private static readonly FilterRules SeriesRules = new(DefaultRange.Month, usesInterval: true, usesComparison: true, SeriesBy, SeriesMetric, SeriesLimit);
    private static readonly FilterRules HeatmapRules = new(DefaultRange.Month, usesInterval: false, usesComparison: false);
    private static readonly FilterRules CalendarRules = new(DefaultRange.Year, usesInterval: false, usesComparison: false);
    private static readonly FilterRules RankRules = new(DefaultRange.Month, usesInterval: false, usesComparison: true, RankBy, RankMetric, RankLimit);
    private static readonly FilterRules CycleTimeRules = new(DefaultRange.Month, usesInterval: true, usesComparison: true, CycleTimeLimit);
    private static readonly FilterRules PersonRules = new(DefaultRange.Month, usesInterval: true, usesComparison: true);

    public static void MapMetricsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/metrics").WithTags(Tag).AnswerStorageOutages();
        var services = endpoints.ServiceProvider;
        var filters = services.GetRequiredService<FilterReader>();

        var summary = services.GetRequiredService<SummaryQuery>();
        group.MapAnswer(
                "summary",
                context =>
                {
                    var filter = filters.Read(context.Request.Query, SummaryRules);
                    return new Question<IReadOnlyList<UserSummary>>("summary", filter.Key, token => summary.ReadAsync(filter, token));
                },
                Tables.Of)
            .WithName("GetSummary")
            .WithSummary("Each person's totals, most events first; over all time where no range is given.")
            .WithDescription(MetricsDescriptions.Summary)
            .WithParameters(SummaryRules)
            .WithExample(MetricsExamples.Summary);

        var totals = services.GetRequiredService<TotalsQuery>();
        group.MapAnswer(
                "totals",
                context =>
                {
                    var filter = filters.Read(context.Request.Query, TotalsRules);
                    return new Question<MetricsTotals>("totals", filter.Key, token => totals.ReadAsync(filter, token));
                },
                Tables.Of)
            .WithName("GetTotals")
            .WithSummary("Events, tasks created and completed, completion rate, active people and median cycle time, each beside its comparison.")
            .WithDescription(MetricsDescriptions.Totals)
            .WithParameters(TotalsRules)
            .WithExample(MetricsExamples.Totals);

        var series = services.GetRequiredService<TimeSeriesQuery>();
        group.MapAnswer(
                "timeseries",
                context =>
                {
                    var query = context.Request.Query;
                    var filter = filters.Read(query, SeriesRules);
                    var parts = new TimeSeriesParts(SeriesBy.Read(query), SeriesMetric.Read(query), SeriesLimit.Read(query));
                    if (parts.Metric == MetricNames.ActivePeople && parts.By is MetricNames.ByType or MetricNames.ByUser)
                    {
                        throw Parameters.Invalid(SeriesBy.Name, $"People are counted by=none or by=team: of a type ask with 'type', and of one person with metric={MetricNames.Events}.");
                    }

                    return new Question<MetricsTimeSeries>(
                        "timeseries", $"{filter.Key}|{parts.By}|{parts.Metric}|{parts.Limit}", token => series.ReadAsync(filter, parts, token));
                },
                Tables.Of)
            .WithName("GetTimeSeries")
            .WithSummary("Activity over time, in buckets without gaps: in all, or by type, team or person.")
            .WithDescription(MetricsDescriptions.TimeSeries)
            .WithParameters(SeriesRules)
            .WithExample(MetricsExamples.TimeSeries);

        var heatmap = services.GetRequiredService<HeatmapQuery>();
        group.MapAnswer(
                "heatmap",
                context =>
                {
                    var filter = filters.Read(context.Request.Query, HeatmapRules);
                    return new Question<MetricsHeatmap>("heatmap", filter.Key, token => heatmap.ReadAsync(filter, token));
                },
                Tables.Of)
            .WithName("GetHeatmap")
            .WithSummary("Events by weekday and hour, in the time zone that is asked for.")
            .WithDescription(MetricsDescriptions.Heatmap)
            .WithParameters(HeatmapRules)
            .WithExample(MetricsExamples.Heatmap);

        var calendar = services.GetRequiredService<CalendarQuery>();
        group.MapAnswer(
                "calendar",
                context =>
                {
                    var filter = filters.Read(context.Request.Query, CalendarRules);
                    return new Question<MetricsCalendar>("calendar", filter.Key, token => calendar.ReadAsync(filter, token));
                },
                Tables.Of)
            .WithName("GetCalendar")
            .WithSummary("Each day of a range, the last 365 where none is given.")
            .WithDescription(MetricsDescriptions.Calendar)
            .WithParameters(CalendarRules)
            .WithExample(MetricsExamples.Calendar);

        var leaderboard = services.GetRequiredService<LeaderboardQuery>();
        group.MapAnswer(
                "leaderboard",
                context =>
                {
                    var query = context.Request.Query;
                    var filter = filters.Read(query, RankRules);
                    var parts = new LeaderboardParts(RankBy.Read(query), RankMetric.Read(query), RankLimit.Read(query));
                    return new Question<MetricsLeaderboard>(
                        "leaderboard", $"{filter.Key}|{parts.By}|{parts.Metric}|{parts.Limit}", token => leaderboard.ReadAsync(filter, parts, token));
                },
                Tables.Of)
            .WithName("GetLeaderboard")
            .WithSummary("People or teams by a number, with their change in rank against the comparison.")
            .WithDescription(MetricsDescriptions.Leaderboard)
            .WithParameters(RankRules)
            .WithExample(MetricsExamples.Leaderboard);

        var cycleTimes = services.GetRequiredService<CycleTimeQuery>();
        group.MapAnswer(
                "cycle-time",
                context =>
                {
                    var query = context.Request.Query;
                    var filter = filters.Read(query, CycleTimeRules);
                    var limit = CycleTimeLimit.Read(query);
                    return new Question<CycleTimes>("cycle-time", $"{filter.Key}|{limit}", token => cycleTimes.ReadAsync(filter, limit, token));
                },
                Tables.Of)
            .WithName("GetCycleTime")
            .WithSummary("How long tasks take from creation to completion, how many are completed, and how many are under way.")
            .WithDescription(MetricsDescriptions.CycleTime)
            .WithParameters(CycleTimeRules)
            .WithExample(MetricsExamples.CycleTime);

        var person = services.GetRequiredService<PersonQuery>();
        group.MapAnswer(
                $"people/{{{UserRoute}}}",
                context =>
                {
                    var filter = filters.Read(context.Request.Query, PersonRules);
                    if (filter.Users.Count > 0)
                    {
                        throw Parameters.Invalid(FilterParameters.User, "The person stands in the path: leave out 'user'.");
                    }

                    var user = Parameters.Required(PathName.Read(context, (string)context.Request.RouteValues[UserRoute]!), FilterParameters.User, EventLimits.UserLength);
                    return new Question<PersonMetrics>("person", $"{user.Length}:{user}|{filter.Key}", token => person.ReadAsync(user, filter, token));
                },
                answer => Tables.Of(answer.TimeSeries))
            .WithName("GetPersonMetrics")
            .WithSummary("Everything about one person.")
            .WithDescription(MetricsDescriptions.Person)
            .WithParameters(PersonRules)
            .WithExample(MetricsExamples.Person)
            .WithPathParameter(PeopleParameters.User)
            .WithProblems(PeopleProblems.PersonNotFound);
    }
}
