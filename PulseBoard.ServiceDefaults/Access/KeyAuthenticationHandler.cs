using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>Knows callers by the key that they present, and tells those it must refuse which one to present and where.</summary>
internal sealed class KeyAuthenticationHandler(
    IAccessKeys keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = $"{SchemeName} ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var presented = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        var key = keys.Opening(Request)[0];

        Response.Headers.WWWAuthenticate = presented ? $"{SchemeName} error=\"invalid_token\"" : SchemeName;
        await RefuseAsync(
            StatusCodes.Status401Unauthorized,
            presented ? AccessProblems.CredentialsInvalid : AccessProblems.CredentialsMissing,
            key.IsSet
                ? $"{(presented ? "What was presented is not a key of this service. " : "")}{Ask(key)}"
                : $"This service runs in Development, and is open to its own machine only: the {key.Name} is not set. "
                    + $"Set {key.Variable} to a generated secret, start the service again, and present it: {Header(key)}.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(
        StatusCodes.Status403Forbidden,
        AccessProblems.CredentialsInsufficient,
        $"The {Context.User.Identity?.Name} does not open this. {Ask(keys.Opening(Request)[0])}");

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var presented = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : "";

        // All of them each time, so that the time taken does not tell which one came close.
        AccessKey? match = null;
        foreach (var key in keys.All)
        {
            match = key.Is(presented) ? key : match;
        }

        return match is null
            ? AuthenticateResult.Fail("The Authorization header has no key of this service.")
            : AuthenticateResult.Success(new AuthenticationTicket(match.Holder, Scheme.Name));
    }

    private static string Ask(AccessKey key) =>
        $"This request needs the {key.Name}. Send it with the header '{Header(key)}'; deploy/.env has it ({key.Variable} of the service).";

    private static string Header(AccessKey key) => $"Authorization: Bearer <{key.Name}>";

    private Task RefuseAsync(int status, string code, string detail) => Problems.Problem(status, code, detail).ExecuteAsync(Context);
}
