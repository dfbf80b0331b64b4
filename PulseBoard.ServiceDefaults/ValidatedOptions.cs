using Microsoft.Extensions.DependencyInjection;

namespace PulseBoard.ServiceDefaults;

/// <summary>Options as every service registers them.</summary>
public static class ValidatedOptions
{
    /// <summary>
    /// Binds options to their section of the configuration, and checks them by their annotations when the service starts, so that
    /// a wrong setting stops the start and not the first request.
    /// </summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="services">The service's services.</param>
    /// <param name="sectionName">The section, such as <c>Ingestion</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddValidatedOptions<TOptions>(this IServiceCollection services, string sectionName)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(sectionName).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
