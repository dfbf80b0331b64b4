using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace PulseBoard.Dashboard.Live;

/// <summary>
/// One open stream. It waits for a task that all streams share and writes bytes that all streams share: between two messages it
/// holds nothing but its connection.
/// </summary>
internal sealed class MetricsStream(MetricsFeed feed, MetricsFeed.Listener listener) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "text/event-stream";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;

        // Said to proxies that would hold back what they forward.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();

        var (writer, aborted) = (response.BodyWriter, httpContext.RequestAborted);
        var (message, told) = (feed.Greeting, Task.CompletedTask);
        while (!feed.HasEnded && !aborted.IsCancellationRequested)
        {
            if (message is null)
            {
                // A client that has gone is let go at once, and not with the next message, which may be long in coming.
                await told.WaitAsync(aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                listener.WriteBegins();
                var written = await writer.WriteAsync(message, CancellationToken.None);
                listener.WriteEnded();
                if (written.IsCompleted || written.IsCanceled)
                {
                    break;
                }
            }

            (told, message) = (listener.Told, listener.Take());
        }
    }
}
