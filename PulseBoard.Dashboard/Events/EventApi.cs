using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Events;

/// <summary>The events as they were sent.</summary>
internal static class EventApi
{
    public const string Tag = "Events";

    private static readonly TextParameter Search = new(
        "search", "A part of the person's key or display name, or of the type, in any case.", "task_", MaximumLength: 100);

    private static readonly NumberParameter Limit = new("limit", "How many events a page of JSON has at most.", Least: 1, Most: 500, Otherwise: 50);

    private static readonly TextParameter Cursor = new("cursor", "The 'next' of the page before.", Example: null, MaximumLength: 64);

    private static readonly string[] Columns = ["event_id", "user", "type", "timestamp", "received_at", "data"];

    private static readonly FilterRules Rules = new(DefaultRange.Month, usesInterval: false, usesComparison: false, Search, Limit, Cursor);

    public static void AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<EventOptions>(EventOptions.SectionName);
        builder.Services.AddSingleton<EventQuery>();
    }

    public static void MapEventApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api").WithTags(Tag).AnswerStorageOutages();
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
                + "although more follow. CSV and NDJSON have all of the range.")
            .WithParameters(Rules)
            .WithExample(EventExamples.Page);

        (MetricsFilter Filter, EventParts Parts) Read(HttpContext context)
        {
            var query = context.Request.Query;
            var filter = filters.Read(query, Rules);
            var cursor = Cursor.Read(query);
            return (filter, new(Search.Read(query), Limit.Read(query), cursor is null ? null : EventCursor.Parse(cursor, Cursor.Name)));
        }
    }

    private static object?[] Row(RecordedEvent recorded) =>
        [recorded.EventId, recorded.User, recorded.Type, recorded.Timestamp, recorded.ReceivedAt, recorded.Data];
}
