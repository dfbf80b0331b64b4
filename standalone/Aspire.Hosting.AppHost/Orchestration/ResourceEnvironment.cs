using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Works out the environment variables and arguments that the model gives to a process.</summary>
internal sealed class ResourceEnvironment(DistributedApplicationExecutionContext executionContext)
{
    /// <summary>What the host was told about itself, and what its test runner was told: none of it is meant for a child.</summary>
    private static readonly string[] HostPrefixes =
    [
        "ASPNETCORE_", "ASPIRE_", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "HTTP_PORTS", "HTTPS_PORTS", "URLS", "VSTEST_", "MSBUILD",
    ];

    public async Task<Dictionary<string, string?>> VariablesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var inherited in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (HostPrefixes.Any(prefix => inherited.StartsWith(prefix, StringComparison.Ordinal)))
            {
                variables[inherited] = null;
            }
        }

        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = await ResolveAsync(value, cancellationToken).ConfigureAwait(false);
        }

        return variables;
    }

    public static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var arguments = new List<string>(context.Args.Count);
        foreach (var argument in context.Args)
        {
            arguments.Add(await ResolveAsync(argument, cancellationToken).ConfigureAwait(false) ?? "");
        }

        return arguments;
    }

    private static async Task<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
