using Microsoft.AspNetCore.Routing.Patterns;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Answers;

/// <summary>Maps questions: each is answered as JSON, CSV and NDJSON.</summary>
internal static class AnswerEndpoints
{
    /// <summary>
    /// Maps a question whose answers are cached: <c>pattern</c>, which answers in the format of <c>Accept</c>, and with a last
    /// segment that is no parameter also <c>pattern.csv</c> and <c>pattern.ndjson</c>.
    /// </summary>
    /// <typeparam name="TAnswer">The answer, which JSON has all of.</typeparam>
    /// <param name="endpoints">Where; a group may say what happens while Postgres is away.</param>
    /// <param name="pattern">The route; not empty.</param>
    /// <param name="ask">
    /// Reads the request, all of it, at once: see <see cref="Question{T}"/>. It is called for every request, so it should be
    /// cheap. A <see cref="ParameterException"/> of its own, or of the computation, is answered as 400.
    /// </param>
    /// <param name="tabulate">The answer's main table, for CSV and NDJSON.</param>
    /// <param name="stream">Writes CSV and NDJSON instead, where there is no telling how long they get; nothing of it is cached.</param>
    /// <returns>Takes conventions for all of these routes; a name is given to the first only, which alone is in OpenAPI.</returns>
    public static IEndpointConventionBuilder MapAnswer<TAnswer>(
        this IEndpointRouteBuilder endpoints,
        string pattern,
        Func<HttpContext, Question<TAnswer>> ask,
        Func<TAnswer, Table> tabulate,
        Func<HttpContext, AnswerFormat, Task>? stream = null)
    {
        var services = endpoints.ServiceProvider;
        var (cache, time) = (services.GetRequiredService<AnswerCache>(), services.GetRequiredService<TimeProvider>());
        return endpoints.MapFormats(pattern, AnswerAsync)
            .WithMetadata(
                new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(TAnswer), [AnswerFormat.Json.MediaType]),
                new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)),
                new AnswerTable(answer => tabulate((TAnswer)answer)));

        async Task AnswerAsync(HttpContext context, AnswerFormat format)
        {
            if (stream is not null && format != AnswerFormat.Json)
            {
                await stream(context, format);
                return;
            }

            var question = ask(context);
            var (request, response) = (context.Request, context.Response);
            var allowStale = question.MayBeBehind && AnswerHeaders.AllowsStale(request.Headers.CacheControl);
            var served = await cache.GetAsync(question, format, tabulate, allowStale, context.RequestAborted);

            AnswerHeaders.Trace(response, served, time.GetUtcNow());
            if (AnswerHeaders.Matches(request.Headers.IfNoneMatch, served.Answer.ETag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            var body = served.Answer.Body;
            AnswerHeaders.Describe(response, format, question.Name);
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>
    /// Maps an endpoint that writes its answer itself, such as one of any length, in the format that it is told. Routes and the
    /// answer to a <see cref="ParameterException"/> are those of <see cref="MapAnswer"/>.
    /// </summary>
    public static IEndpointConventionBuilder MapFormats(
        this IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, AnswerFormat, Task> answer)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);

        // As delegates: only those are in OpenAPI.
        var routes = new List<IEndpointConventionBuilder> { endpoints.MapGet(pattern, (Delegate)NegotiateAsync) };
        if (RoutePatternFactory.Parse(pattern).PathSegments is [.., { IsSimple: true } last] && last.Parts[0] is RoutePatternLiteralPart)
        {
            foreach (var format in AnswerFormat.All.Where(format => format != AnswerFormat.Json))
            {
                var route = endpoints.MapGet($"{pattern}.{format.Extension}", (Delegate)((HttpContext context) => RefuseAsync(context, answer, format)))
                    .ExcludeFromDescription();

                // Names are unique: those that are given to all of the routes stay with the first.
                route.Finally(endpoint =>
                {
                    foreach (var name in endpoint.Metadata.Where(item => item is IEndpointNameMetadata or IRouteNameMetadata).ToArray())
                    {
                        endpoint.Metadata.Remove(name);
                    }
                });
                routes.Add(route);
            }
        }

        return new Routes(routes);

        Task NegotiateAsync(HttpContext context)
        {
            context.Response.Headers.Vary = "Accept";
            return RefuseAsync(context, answer, Negotiation.Choose(context.Request.Headers.Accept));
        }
    }

    private static async Task RefuseAsync(HttpContext context, Func<HttpContext, AnswerFormat, Task> answer, AnswerFormat format)
    {
        try
        {
            await answer(context, format);
        }
        catch (ParameterException exception)
        {
            await Problems.Problem(exception.Status, exception.Code, exception.Message, exception.Field).ExecuteAsync(context);
        }
    }

    private sealed class Routes(List<IEndpointConventionBuilder> routes) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => routes.ForEach(route => route.Add(convention));

        public void Finally(Action<EndpointBuilder> finallyConvention) => routes.ForEach(route => route.Finally(finallyConvention));
    }
}
