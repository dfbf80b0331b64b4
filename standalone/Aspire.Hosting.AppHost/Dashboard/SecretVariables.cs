using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Knows which environment variables must not stand on a screen: those that have a secret parameter's value in them, and those whose name says so.</summary>
internal sealed partial class SecretVariables(DistributedApplicationModel model)
{
    public bool Has(string name, string value) => Name().IsMatch(name) || Values().Any(secret => value.Contains(secret, StringComparison.Ordinal));

    private IEnumerable<string> Values()
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret))
        {
            if (ValueOf(parameter) is { Length: > 0 } value)
            {
                yield return value;
            }
        }
    }

    private static string? ValueOf(ParameterResource parameter)
    {
        try
        {
            return parameter.GetValueAsync(CancellationToken.None).Preserve().GetAwaiter().GetResult();
        }
        catch (DistributedApplicationException)
        {
            // It has none, so nobody was given it.
            return null;
        }
    }

    [GeneratedRegex("password|secret|token|credential|connectionstring|api_?key|_key$|__key$|_uri$|otlp_headers", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
