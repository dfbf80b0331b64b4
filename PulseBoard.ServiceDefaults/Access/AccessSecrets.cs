using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>The generated secrets that a service asks its callers for, or presents to another.</summary>
public static class AccessSecrets
{
    /// <summary>The configuration section: <c>Access</c>.</summary>
    public const string SectionName = "Access";

    /// <summary>The least length of a secret, in characters: what a documentation shows in its place is shorter.</summary>
    public const int MinimumLength = 32;

    private const string HowToMake =
        "Outside Development PulseBoard starts only with generated secrets: deploy/generate-env.sh makes them.";

    /// <summary>
    /// Binds a class of secrets, each a string property, to the section <c>Access</c>. Outside Development the service starts only
    /// where each is set. One that is set must have <see cref="MinimumLength"/> characters in every environment.
    /// </summary>
    /// <typeparam name="TOptions">The secrets.</typeparam>
    /// <param name="services">The service's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAccessSecrets<TOptions>(this IServiceCollection services)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, Validation<TOptions>>();
        return services;
    }

    /// <summary>The environment variable that sets a secret, such as <c>Access__IngestionKey</c>.</summary>
    internal static string VariableOf(string secret) => $"{SectionName}__{secret}";

    private sealed class Validation<TOptions>(IHostEnvironment environment) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var secrets = typeof(TOptions).GetProperties().ToDictionary(property => property.Name, property => (string?)property.GetValue(options));
            var faults = secrets.Select(secret => FaultOf(secret.Key, secret.Value)).OfType<string>().ToList();

            // Who knows the lesser one would have the rights of the greater.
            if (secrets.Values.Where(value => !string.IsNullOrEmpty(value)).GroupBy(value => value).Any(same => same.Count() > 1))
            {
                faults.Add($"Each setting of {SectionName} must be another secret: {string.Join(", ", secrets.Keys.Select(VariableOf))}. {HowToMake}");
            }

            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private string? FaultOf(string secret, string? value)
        {
            var fault = value switch
            {
                null or "" => environment.IsDevelopment() ? null : "is not set",
                { Length: < MinimumLength } => $"is shorter than {MinimumLength} characters",
                _ when value.Any(char.IsWhiteSpace) => "has blanks in it",
                _ => null,
            };

            return fault is null
                ? null
                : $"{SectionName}:{secret} {fault} (environment variable {VariableOf(secret)}). {HowToMake}";
        }
    }
}
