namespace PulseBoard.ServiceDefaults.Access;

/// <summary>The codes of what is refused for want of a key or a session.</summary>
public static class AccessProblems
{
    /// <summary>Status 401: nothing was presented.</summary>
    public const string CredentialsMissing = "credentials_missing";

    /// <summary>Status 401: what was presented is not known.</summary>
    public const string CredentialsInvalid = "credentials_invalid";

    /// <summary>Status 403: what was presented is known, and does not open this.</summary>
    public const string CredentialsInsufficient = "credentials_insufficient";
}
