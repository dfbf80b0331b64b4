using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PulseBoard.ServiceDefaults.Descriptions;

/// <summary>What endpoints say of themselves to <c>/openapi/v1.json</c>, beyond what ASP.NET Core reads off them.</summary>
public static class EndpointDescriptions
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Says with which errors these endpoints answer.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="problems">Each as it is answered, so that the description has the very words; several may have one status.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoints, params ProblemHttpResult[] problems)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(
        [
            new DescribedProblems(problems),
            .. problems.Select(problem => problem.StatusCode).Distinct()
                .Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ProblemType])),
        ]);

    /// <summary>Shows an answer.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="endpoints">The endpoint.</param>
    /// <param name="answer">What is answered, as an endpoint would return it; a text where the answer is no JSON.</param>
    /// <param name="status">With which status.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoints, object answer, int status = StatusCodes.Status200OK)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new AnswerExample(status, answer));

    /// <summary>Shows a request's body.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="endpoints">The endpoint.</param>
    /// <param name="body">What is sent; a text where it is no JSON.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoints, object body)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new RequestExample(body));
}

/// <summary>Errors that an endpoint answers.</summary>
/// <param name="Problems">Each as it is answered.</param>
internal sealed record DescribedProblems(IReadOnlyList<ProblemHttpResult> Problems);

/// <summary>An answer to show.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Value">What is answered.</param>
public sealed record AnswerExample(int Status, object Value);

/// <summary>A request's body to show.</summary>
/// <param name="Value">What is sent.</param>
internal sealed record RequestExample(object Value);
