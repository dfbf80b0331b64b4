using Microsoft.Extensions.DependencyInjection;

namespace PulseBoard.Data.Accounting;

/// <summary>Registers the accounting of a process.</summary>
public static class PipelineCountsExtensions
{
    /// <summary>
    /// Adds <see cref="PipelineCounts"/>, over the process's <see cref="DatabaseConnections"/>. Before whatever counts: hosted
    /// services stop in the reverse order of their registration, and this one must stop after those whose last counts it is to write.
    /// </summary>
    /// <param name="services">The service's services.</param>
    public static IServiceCollection AddPipelineCounts(this IServiceCollection services)
    {
        services.AddSingleton<PipelineCounts>();
        return services.AddHostedService(provider => provider.GetRequiredService<PipelineCounts>());
    }
}
