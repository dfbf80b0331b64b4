using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Web.Forwarding;

/// <summary>
/// Sends a request on to an API and streams the answer back, each byte as it comes and nothing twice: whether a request may be
/// repeated is the client's to know.
/// </summary>
internal sealed partial class Forwarder(IHostApplicationLifetime lifetime, WebTelemetry telemetry, ILogger<Forwarder> logger) : IDisposable
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
        // As this server reads them; by default a header that is not ASCII would fail the request.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        UseCookies = false,
        UseProxy = false,
    });

    public async Task ForwardAsync(HttpContext context, Upstream upstream)
    {
        var aborted = context.RequestAborted;
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        if (!RequestTarget.TryRedirect(rawTarget, upstream.Address, out var address))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = CreateRequest(context, address);

        try
        {
            using var response = await _client.SendAsync(request, aborted);

            if (upstream.CameBack())
            {
                LogUpstreamBack(logger, upstream.Name);
            }

            await SendToClientAsync(response, context, upstream);
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
            await RefuseAsync(context, upstream, exception);
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
        else if (source.ContentType is not null)
        {
            // The type of an empty body travels with a content or not at all, and without it an API would refuse the type.
            request.Content = new ByteArrayContent([]);
        }

        ForwardedHeaders.CopyToUpstream(source, request);
        return request;
    }

    private async Task SendToClientAsync(HttpResponseMessage response, HttpContext context, Upstream upstream)
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
            LogStreamEnded(logger, upstream.Name);
        }
    }

    private async Task RefuseAsync(HttpContext context, Upstream upstream, Exception exception)
    {
        telemetry.ForwardFailed(upstream.Name, exception);
        if (upstream.WentAway())
        {
            LogUpstreamAway(logger, upstream.Name, exception);
        }

        if (context.Response.HasStarted)
        {
            // Too late for another status: a broken connection tells the client that the body is not whole.
            context.Abort();
            return;
        }

        // Unreached, so nothing was done and a retry is safe (503); or lost on the way, and only an idempotency key makes it so (502).
        var unreached = IsUnreached(exception);

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

    /// <summary>Whether no connection came about. The only time limit of the client is the one for connecting.</summary>
    private static bool IsUnreached(Exception exception) => exception
        is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        or OperationCanceledException { InnerException: TimeoutException };

    // A path is not logged: it may carry a person's id.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Api} API is away; requests to it are refused until it answers again")]
    private static partial void LogUpstreamAway(ILogger logger, string api, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Api} API answers again")]
    private static partial void LogUpstreamBack(ILogger logger, string api);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ended an event stream of the {Api} API because this server stops")]
    private static partial void LogStreamEnded(ILogger logger, string api);
}
