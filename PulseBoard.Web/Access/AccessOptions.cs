namespace PulseBoard.Web.Access;

/// <summary>What people and this server must know.</summary>
internal sealed class AccessOptions
{
    /// <summary>What people sign in with.</summary>
    public string? SignInPassword { get; set; }

    /// <summary>What this server reads the Dashboard with, for itself and for who is signed in.</summary>
    public string? ReadKey { get; set; }
}
