using PulseBoard.Dashboard.Events;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.Dashboard.People;
using PulseBoard.Dashboard.Pipeline;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Descriptions;

/// <summary>Registers the description of the API.</summary>
internal static class DescriptionExtensions
{
    /// <summary>Has the read API described at <see cref="ServiceDescription.Path"/>.</summary>
    public static void AddDescription(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options =>
        {
            options.AddOperationTransformer<ParameterDescriptions>();
            options.DescribeService(
                "PulseBoard read API",
                "What people did, counted from their events. Questions have one filter in common, and each is answered as JSON, CSV and NDJSON: by "
                + "'Accept', or by the ending of the path. Errors are problem details (RFC 9457) with a stable 'code'.",
                (MetricsApi.Tag, "Questions about what people did. All of them take the filter."),
                (EventApi.Tag, "The events themselves."),
                (PeopleApi.Tag, "What people are called, and the teams that they belong to."),
                (PipelineApi.Tag, "What became of every event, and what an administrator can do about it."));
            options.AddOperationTransformer<AnswerDescriptions>();
        });
}
