using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter's value comes from when the configuration has none.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();
}

/// <summary>A value made of random characters, fit for a password.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>How many characters; more only where the minimums of the classes add up to more.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower case letters are in.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper case letters are in.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits are in.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether special characters are in.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower case letters at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper case letters at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many special characters at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        (bool Included, string Characters, int Min)[] classes =
        [
            (Lower, LowerCharacters, MinLower),
            (Upper, UpperCharacters, MinUpper),
            (Numeric, NumericCharacters, MinNumeric),
            (Special, SpecialCharacters, MinSpecial),
        ];
        var included = classes.Where(c => c.Included).ToArray();
        if (included.Length == 0)
        {
            throw new InvalidOperationException("A generated value needs at least one class of characters.");
        }

        var characters = new List<char>(MinLength);
        foreach (var (_, alphabet, min) in included)
        {
            characters.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, min));
        }

        var all = string.Concat(included.Select(c => c.Characters));
        characters.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - characters.Count)));
        var value = characters.ToArray();
        RandomNumberGenerator.Shuffle<char>(value);
        return new string(value);
    }
}
