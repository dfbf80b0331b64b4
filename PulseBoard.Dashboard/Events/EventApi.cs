using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Events;

/// <summary>The events as they were sent.</summary>
internal static class EventApi
{
    private const int DefaultLimit = 50;
    private const int MostEvents = 500;
    private const int LongestSearch = 100;
    private const int LongestCursor = 64;

    private const string Search = "search";
    private const string Limit = "limit";
    private const string Cursor = "cursor";

    private static readonly string[] Columns = ["event_id", "user", "type", "timestamp", "received_at", "data"];

    private static readonly FilterRules Rules = new(DefaultRange.Month, usesInterval: false, usesComparison: false, Search, Limit, Cursor);

    public static void AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<EventOptions>(EventOptions.SectionName);
        builder.Services.AddSingleton<EventQuery>();
    }

    public static void MapEventApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api").WithTags("Events").AnswerStorageOutages();
        var services = endpoints.ServiceProvider;
        var (filters, events, rows) = (
            services.GetRequiredService<FilterReader>(), services.GetRequiredService<EventQuery>(), services.GetRequiredService<RowStream>());

        group.MapAnswer(
                "events",
                context =>
                {
                    var (filter, parts) = Read(context);
                    return new Question<EventPage>(
                        "events", $"{filter.Key}|{parts.Limit}|{parts.Cursor}|{parts.Search}", token => events.ReadPageAsync(filter, parts, token));
                },
                page => new(Columns, page.Events.Select(Row)),
                (context, format) =>
                {
                    var (filter, parts) = Read(context);
                    return rows.WriteAsync(context, format, "events", Columns, events.ReadAllAsync(filter, parts, context.RequestAborted).Select(Row));
                })
            .WithName("GetEvents")
            .WithSummary("The events as they were sent, the newest first.")
            .WithDescription(
                "JSON comes in pages: 'next' is the 'cursor' of the one that follows, and a page may have fewer events than were asked for, or none, "
                + "although more follow. CSV and NDJSON have all of the range. 'search' finds a part of the person's key or name, or of the type.");

        (MetricsFilter Filter, EventParts Parts) Read(HttpContext context)
        {
            var query = context.Request.Query;
            var filter = filters.Read(query, Rules);
            var cursor = Parameters.Text(query, Cursor, LongestCursor);
            return (filter, new(
                Parameters.Text(query, Search, LongestSearch),
                Parameters.Number(query, Limit, 1, MostEvents, DefaultLimit),
                cursor is null ? null : EventCursor.Parse(cursor, Cursor)));
        }
    }

    private static object?[] Row(RecordedEvent recorded) =>
        [recorded.EventId, recorded.User, recorded.Type, recorded.Timestamp, recorded.ReceivedAt, recorded.Data];
}
