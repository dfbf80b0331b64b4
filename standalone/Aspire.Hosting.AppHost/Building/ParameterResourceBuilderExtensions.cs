using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values that come from outside the model.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is <c>Parameters:name</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>The resource's builder.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(CreateParameter(builder, name, secret));

    /// <summary>Adds a parameter with a value that the configuration may override.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether it is published as the default.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>The resource's builder.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with a value that is worked out on first use, and that the configuration may override.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="valueGetter">Works it out.</param>
    /// <param name="publishValueAsDefault">Whether it is published as the default.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>The resource's builder.</returns>
    /// <exception cref="ArgumentException">A secret would be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A secret cannot be published as a default.", nameof(publishValueAsDefault));
        }

        return builder.AddResource(new ParameterResource(name, _ => builder.Configuration[ConfigurationKey(name)] ?? valueGetter(), secret));
    }

    /// <summary>Makes a parameter whose value is <c>Parameters:name</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>The parameter, which is not part of the model.</returns>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        new(name, byDefault => GetValue(builder.Configuration, name, byDefault), secret);

    /// <summary>Makes a secret parameter whose value is generated where the configuration has none, and kept with the data.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="lower">Whether lower case letters are in.</param>
    /// <param name="upper">Whether upper case letters are in.</param>
    /// <param name="numeric">Whether digits are in.</param>
    /// <param name="special">Whether special characters are in.</param>
    /// <param name="minLower">How many lower case letters at least.</param>
    /// <param name="minUpper">How many upper case letters at least.</param>
    /// <param name="minNumeric">How many digits at least.</param>
    /// <param name="minSpecial">How many special characters at least.</param>
    /// <returns>The parameter, which is not part of the model.</returns>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        var generated = new GenerateParameterDefault
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        var parameter = CreateParameter(builder, name, secret: true);
        parameter.Default = builder.ExecutionContext.IsRunMode ? new KeptParameterDefault(builder, name, generated) : generated;
        return parameter;
    }

    private static string ConfigurationKey(string name) => $"Parameters:{name}";

    private static string GetValue(ConfigurationManager configuration, string name, ParameterDefault? byDefault) =>
        configuration[ConfigurationKey(name)]
        ?? byDefault?.GetDefaultValue()
        ?? throw new DistributedApplicationException(
            $"The parameter '{name}' has no value: set {ConfigurationKey(name)} in the configuration, or the environment variable Parameters__{name}.");
}
