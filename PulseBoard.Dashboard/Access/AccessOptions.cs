namespace PulseBoard.Dashboard.Access;

/// <summary>What callers must know.</summary>
internal sealed class AccessOptions
{
    /// <summary>Opens what is read.</summary>
    public string? ReadKey { get; set; }

    /// <summary>Opens everything.</summary>
    public string? AdministratorToken { get; set; }
}
