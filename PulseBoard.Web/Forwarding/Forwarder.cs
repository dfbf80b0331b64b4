using System.Net;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Web.Forwarding;

/// <summary>
/// Sends a request on to an API and streams the answer back, each byte as it comes and nothing twice: whether a request may be
/// repeated is the client's to know.
/// </summary>
internal sealed partial class Forwarder(IHostApplicationLifetime lifetime, ILogger<Forwarder> logger) : IDisposable
{
    /// <summary>Above this size the API is asked before the body is sent, so that its refusal arrives instead of a broken connection.</summary>
    private const long AskBeforeSendingBytes = 64 * 1024;

    private const string RetryAfterSeconds = "1";
    private const string UnavailableCode = "upstream_unavailable";

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // Bounded, so that an API that moved to another address is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    });

    public async Task ForwardAsync(HttpContext context, Uri target)
    {
        var aborted = context.RequestAborted;
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        if (!RequestTarget.TryRedirect(rawTarget, target, out var address))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = CreateRequest(context, address);

        try
        {
            using var response = await _client.SendAsync(request, aborted);
            await SendToClientAsync(response, context);
        }
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            // The client left; nobody reads an answer. The status is for the request's own trace and log.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            await RefuseAsync(context, exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage CreateRequest(HttpContext context, Uri address)
    {
        var source = context.Request;
        var request = new HttpRequestMessage(HttpMethod.Parse(source.Method), address);

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            // How much is too much is for the API to say.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
            request.Content = new RequestBody(source.Body);
            request.Headers.ExpectContinue = source.ContentLength is null or > AskBeforeSendingBytes;
        }

        ForwardedHeaders.CopyToUpstream(source, request);
        return request;
    }

    private async Task SendToClientAsync(HttpResponseMessage response, HttpContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        ForwardedHeaders.CopyToClient(response, context.Response);

        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.EventStream)
        {
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        // An event stream has no end of its own: its headers go out before its first event, and it must not hold up a shutdown.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await context.Response.Body.FlushAsync(ending.Token);

        try
        {
            await body.CopyToAsync(context.Response.Body, ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            LogStreamEnded(logger, context.Request.Path);
        }
    }

    private async Task RefuseAsync(HttpContext context, Exception exception)
    {
        LogUpstreamUnavailable(logger, context.Request.Method, context.Request.Path, exception);

        if (context.Response.HasStarted)
        {
            // Too late for another status: a broken connection tells the client that the body is not whole.
            context.Abort();
            return;
        }

        // Unreached, so nothing was done and a retry is safe (503); or lost on the way, and only an idempotency key makes it so (502).
        var unreached = exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        };

        context.Response.Clear();
        context.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;

        if (unreached)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await Problems.Problem(
            unreached ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway,
            UnavailableCode,
            unreached
                ? "This part of PulseBoard is away, and the request was not processed. Try again shortly."
                : "The connection was lost before an answer came, so the request may have been processed. Repeat it with the same event_id.")
            .ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not be forwarded")]
    private static partial void LogUpstreamUnavailable(ILogger logger, string method, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ended the event stream {Path} because this server stops")]
    private static partial void LogStreamEnded(ILogger logger, PathString path);
}
