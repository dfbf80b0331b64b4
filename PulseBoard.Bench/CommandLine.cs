using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace PulseBoard.Bench;

/// <summary>Reads options from the command line.</summary>
internal static class CommandLine
{
    /// <summary>Reads <c>--name value</c> pairs and switches.</summary>
    /// <typeparam name="T">The options; what the command line does not say stays as it is by default.</typeparam>
    /// <param name="args">The arguments.</param>
    /// <param name="switches">Names that have no value, such as <c>--demo</c>.</param>
    /// <param name="names">Properties whose names on the command line are written otherwise.</param>
    /// <exception cref="BenchmarkException">An option is unknown, or its value is none.</exception>
    public static T Read<T>(string[] args, string[] switches, Dictionary<string, string> names)
        where T : class, new()
    {
        try
        {
            var given = new ConfigurationBuilder()
                .AddCommandLine([.. args.Select(argument => switches.Contains(argument) ? $"{argument}=true" : argument)], names)
                .Build();
            var options = new T();
            given.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Validator.ValidateObject(options, new(options), validateAllProperties: true);
            return options;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ValidationException)
        {
            throw new BenchmarkException(exception.Message);
        }
    }
}
