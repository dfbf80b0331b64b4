using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aspire.Dashboard;

/// <summary>How the JSON API says what is wrong.</summary>
internal static class Problems
{
    /// <summary>Problem details.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">What is wrong, for programs: it stays as it is.</param>
    /// <param name="detail">What is wrong, for people.</param>
    public static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
