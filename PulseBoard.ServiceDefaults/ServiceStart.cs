using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PulseBoard.ServiceDefaults;

/// <summary>Runs a service, or says in a line why it cannot.</summary>
public static class ServiceStart
{
    /// <summary>
    /// Runs the service until it is asked to stop. A wrong setting (<see cref="ValidatedOptions"/>) is an answer to whoever
    /// configured it: one line on the error stream for each, and nothing else.
    /// </summary>
    /// <param name="host">The service.</param>
    /// <returns>The exit code: 1 where a setting is wrong, else <see cref="Environment.ExitCode"/>, which is 0 where nothing set it.</returns>
    public static async Task<int> RunServiceAsync(this IHost host)
    {
        // Before the host does the same: it would log the exception with its stack and then throw it.
        if (WrongSettings(host.Services) is { Count: > 0 } wrong)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong));
            return 1;
        }

        await host.RunAsync();
        return Environment.ExitCode;
    }

    private static IReadOnlyList<string> WrongSettings(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (InvalidOperationException exception)
        {
            // A value that cannot be what its setting is, such as a word for a number.
            return [exception.Message];
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        }
    }
}
