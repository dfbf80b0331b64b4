using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Standalone;

/// <summary>What the command line says about the host's task, as keys of the configuration.</summary>
internal static class PipelineConfiguration
{
    public const string StepKey = "Pipeline:Step";
    public const string OutputPathKey = "Pipeline:OutputPath";
    private const string OperationKey = "AppHost:Operation";

    public static Dictionary<string, string> Switches { get; } = new()
    {
        ["--operation"] = OperationKey,
        ["--step"] = StepKey,
        ["--output-path"] = OutputPathKey,
    };

    /// <exception cref="DistributedApplicationException">There is no such operation.</exception>
    public static DistributedApplicationOperation Operation(IConfiguration configuration) =>
        configuration[OperationKey]?.ToLowerInvariant() switch
        {
            null or "run" => DistributedApplicationOperation.Run,
            "publish" => DistributedApplicationOperation.Publish,
            var unknown => throw new DistributedApplicationException($"There is no operation '{unknown}': say --operation run or --operation publish."),
        };
}
