using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Web.Access;

/// <summary>Opens a session for who knows the password.</summary>
internal sealed partial class SignIn(IOptions<AccessOptions> access, SignInThrottle throttle, Sessions sessions, ILogger<SignIn> logger)
{
    private readonly Secret? _password = Secret.Of(access.Value.SignInPassword);

    /// <summary>Whether there is a password at all. In Development there need not be.</summary>
    public bool IsPossible => _password is not null;

    /// <summary>Whether who asks needs no sign-in: there is a session, or everything is open.</summary>
    public static bool IsNeedless(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } || LocalDevelopment.Includes(context);

    /// <summary>Tries a password, and opens a session where it is the one.</summary>
    /// <param name="context">The request that says it.</param>
    /// <param name="password">What was said.</param>
    public async Task<SignInResult> AttemptAsync(HttpContext context, string password)
    {
        switch (throttle.Try(context.Connection.RemoteIpAddress, () => _password?.Is(password) == true, out var retryAfter))
        {
            case null:
                return new(SignInOutcome.Throttled, retryAfter);
            case false:
                LogFailed(logger);
                return new(SignInOutcome.WrongPassword);
            default:
                await context.SignInAsync(sessions.NewSession());
                return new(SignInOutcome.SignedIn);
        }
    }

    // As often as the throttle lets it happen. Whose address it was is not told: it is personal data.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody tried to sign in with a wrong password")]
    private static partial void LogFailed(ILogger logger);
}

/// <summary>What came of an attempt.</summary>
internal enum SignInOutcome
{
    /// <summary>There is a session now.</summary>
    SignedIn,

    /// <summary>It was not the password.</summary>
    WrongPassword,

    /// <summary>The attempt was not made, because too many have failed.</summary>
    Throttled,
}

/// <summary>What came of an attempt.</summary>
/// <param name="Outcome">What.</param>
/// <param name="RetryAfter">After a throttled one, when the next can be made; else zero.</param>
internal sealed record SignInResult(SignInOutcome Outcome, TimeSpan RetryAfter = default);
