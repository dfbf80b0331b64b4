using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Access;

/// <summary>What changes something must come from a page of ours: a form elsewhere cannot send the header.</summary>
internal sealed class RequestedByScript : IEndpointFilter
{
    public const string Header = "X-Requested-With";
    public const string Value = "dashboard";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method) || context.HttpContext.Request.Headers[Header] == Value
            ? await next(context)
            : Problems.Of(StatusCodes.Status400BadRequest, "missing_header", $"Send the header '{Header}: {Value}'.");
}
