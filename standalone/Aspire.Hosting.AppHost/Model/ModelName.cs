namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints: they become parts of environment variables and host names.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string target, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var valid = name.Length <= MaxLength
            && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !name.Contains("--", StringComparison.Ordinal)
            && name[^1] != '-';
        if (!valid)
        {
            throw new ArgumentException(
                $"{target} name '{name}' is invalid: it takes 1 to {MaxLength} ASCII letters, digits and single hyphens, a letter first and no hyphen last.",
                nameof(name));
        }
    }

    /// <summary>The name as part of an environment variable: what a shell cannot spell becomes an underscore.</summary>
    public static string ToEnvironmentVariable(string name)
    {
        var encoded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(encoded[0]) ? "_" + encoded : encoded;
    }
}
