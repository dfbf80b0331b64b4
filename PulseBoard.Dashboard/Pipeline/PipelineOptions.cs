using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Settings of what is told about the pipeline.</summary>
internal sealed class PipelineOptions
{
    public const string SectionName = "Pipeline";

    /// <summary>How long an answer waits for what the broker says.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    public TimeSpan BrokerTimeout { get; set; } = TimeSpan.FromMilliseconds(500);
}
