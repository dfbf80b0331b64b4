using System.Security.Claims;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>A key that opens requests, presented as <c>Authorization: Bearer …</c>.</summary>
public sealed class AccessKey
{
    private readonly Secret? _secret;

    /// <param name="name">What people call it, as in "the ingestion key".</param>
    /// <param name="setting">The name of its setting in the section <c>Access</c>.</param>
    /// <param name="value">The key; null where it is not set.</param>
    public AccessKey(string name, string setting, string? value)
    {
        (Name, Variable, _secret) = (name, AccessSecrets.VariableOf(setting), Secret.Of(value));
        Holder = new(new ClaimsIdentity([new(ClaimTypes.Name, name)], KeyAuthenticationHandler.SchemeName));
    }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>The environment variable that sets it.</summary>
    internal string Variable { get; }

    internal bool IsSet => _secret is not null;

    /// <summary>Whoever presents it; the same for all, since a key does not say who has it.</summary>
    internal ClaimsPrincipal Holder { get; }

    internal bool Is(string presented) => _secret?.Is(presented) == true;

    internal bool IsHeldBy(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } identity && identity.Name == Name;
}
