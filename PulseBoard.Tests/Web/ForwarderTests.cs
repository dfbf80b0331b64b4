using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PulseBoard.Web;
using PulseBoard.Web.Forwarding;

namespace PulseBoard.Tests.Web;

public sealed class ForwarderTests
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
    {
        Timeout = WebLimits.Wait,
    };

    [Theory]
    [InlineData("/api/activity", "activity /api/activity")]
    [InlineData("/api/activity/batch?x=1%202", "activity /api/activity/batch?x=1%202")]
    [InlineData("/api/activities", "dashboard /api/activities")]
    [InlineData("/api/metrics/summary", "dashboard /api/metrics/summary")]
    [InlineData("/api/people/a%2Fb%20%C3%A9", "dashboard /api/people/a%2Fb%20%C3%A9")]
    [InlineData("/api/people/100%2541", "dashboard /api/people/100%2541")]
    [InlineData("/api/%252e%252e/health", "dashboard /api/%252e%252e/health")]
    public async Task Forwarder_picks_the_api_by_the_path(string path, string expected)
    {
        await using var activity = await LocalServer.StartAsync(Echo("activity"));
        await using var dashboard = await LocalServer.StartAsync(Echo("dashboard"));
        await using var web = await StartWebAsync(activity.Address, dashboard.Address);

        Assert.Equal(expected, await Client.GetStringAsync(Literally(web.Address, path)));
    }

    [Theory]
    [InlineData("/api/../health")]
    [InlineData("/api/%2e%2e/health")]
    [InlineData("/x/../api/metrics/summary")]
    [InlineData("/%61pi/metrics/summary")]
    [InlineData("//elsewhere.example/api/metrics/summary")]
    public async Task Forwarder_forwards_nothing_that_is_not_literally_below_api(string path)
    {
        await using var upstream = await LocalServer.StartAsync(Echo("upstream"));
        await using var web = await StartWebAsync(upstream.Address);

        using var response = await Client.GetAsync(Literally(web.Address, path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Forwarder_asks_the_api_when_a_target_in_absolute_form_names_another_host()
    {
        await using var upstream = await LocalServer.StartAsync(Echo("upstream"));
        await using var web = await StartWebAsync(upstream.Address);

        // A client that takes Web for its proxy writes the whole address into the request line.
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy(web.Address) };
        using var client = new HttpClient(handler);

        Assert.Equal(
            "upstream /api/activity?x=http://y/z",
            await client.GetStringAsync(new Uri("http://elsewhere.example/api/activity?x=http://y/z")));
    }

    [Fact]
    public async Task Forwarder_passes_method_headers_and_body_and_says_for_whom()
    {
        await using var upstream = await LocalServer.StartAsync(app => app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            await context.Response.WriteAsJsonAsync(new Seen(context.Request.Method, await reader.ReadToEndAsync(), headers));
        }));
        await using var web = await StartWebAsync(upstream.Address);

        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(web.Address, "/api/activity"))
        {
            Content = new StringContent("{\"user\":\"é\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Own", "kept: é");
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");
        request.Headers.Add("X-Forwarded-Prefix", "/dropped");
        request.Headers.Add("X-Original-Host", "dropped");
        request.Headers.Add("X-Real-IP", "6.6.6.6");
        request.Headers.Add("X-Per-Connection", "dropped");
        request.Headers.Connection.Add("X-Per-Connection");
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler);
        using var response = await client.SendAsync(request);
        var seen = (await response.Content.ReadFromJsonAsync<Seen>())!;

        Assert.Equal("PUT", seen.Method);
        Assert.Equal("{\"user\":\"é\"}", seen.Body);
        Assert.Equal("application/json; charset=utf-8", seen.Headers["content-type"]);
        Assert.Equal("kept: é", seen.Headers["x-own"]);
        Assert.Equal("127.0.0.1", seen.Headers["x-forwarded-for"]);
        Assert.Equal("http", seen.Headers["x-forwarded-proto"]);
        Assert.Equal(web.Address.Authority, seen.Headers["x-forwarded-host"]);
        Assert.Equal(upstream.Address.Authority, seen.Headers["host"]);
        Assert.DoesNotContain("x-per-connection", seen.Headers);
        Assert.DoesNotContain("x-forwarded-prefix", seen.Headers);
        Assert.DoesNotContain("x-original-host", seen.Headers);
        Assert.DoesNotContain("x-real-ip", seen.Headers);
    }

    [Fact]
    public async Task Forwarder_passes_the_type_of_an_empty_body()
    {
        await using var upstream = await LocalServer.StartAsync(app => app.Run(context =>
            context.Response.WriteAsync($"{context.Request.ContentType} {context.Request.ContentLength}")));
        await using var web = await StartWebAsync(upstream.Address);

        using var content = new ByteArrayContent([]) { Headers = { ContentType = new("application/json") } };
        using var response = await Client.PostAsync(new Uri(web.Address, "/api/activity"), content);

        Assert.Equal("application/json 0", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Forwarder_passes_status_headers_and_body_back_as_they_are()
    {
        byte[] body = [0x1f, 0x8b, 0, 255];
        await using var upstream = await LocalServer.StartAsync(app => app.Run(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers["X-Cache-Status"] = "HIT";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(body);
        }));
        await using var web = await StartWebAsync(upstream.Address);

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(new Uri(web.Address, "/api/metrics/summary"));

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/elsewhere", response.Headers.Location!.OriginalString);
        Assert.Equal("HIT", Assert.Single(response.Headers.GetValues("X-Cache-Status")));
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Forwarder_passes_each_server_sent_event_at_once_and_leaves_with_the_client()
    {
        var next = new SemaphoreSlim(0);
        var left = new TaskCompletionSource();
        await using var upstream = await LocalServer.StartAsync(app => app.Run(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();

            while (true)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync("data: x\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }));
        await using var web = await StartWebAsync(upstream.Address);

        // The headers come before any event.
        var response = await Client.GetAsync(new Uri(web.Address, "/api/metrics/stream"), HttpCompletionOption.ResponseHeadersRead);
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            for (var count = 0; count < 3; count++)
            {
                next.Release();
                Assert.Equal("data: x", await reader.ReadLineAsync().WaitAsync(WebLimits.Wait));
                Assert.Equal("", await reader.ReadLineAsync().WaitAsync(WebLimits.Wait));
            }
        }

        response.Dispose();
        await left.Task.WaitAsync(WebLimits.Wait);
    }

    [Fact]
    public async Task Forwarder_passes_a_body_on_while_it_is_still_being_sent()
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = await LocalServer.StartAsync(app => app.Run(async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[5]);
            arrived.SetResult();
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("done");
        }));
        await using var web = await StartWebAsync(upstream.Address);

        using var content = new PausedContent("first", "second", arrived.Task);
        using var response = await Client.PostAsync(new Uri(web.Address, "/api/activity"), content);

        Assert.Equal("done", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Forwarder_leaves_the_limit_of_a_body_to_the_api_and_passes_its_refusal()
    {
        const int Bytes = 40_000_000;
        await using var upstream = await LocalServer.StartAsync(app =>
        {
            app.MapPost("/api/activity", () => Results.StatusCode(StatusCodes.Status413PayloadTooLarge));
            app.MapPost("/api/activity/batch", async (HttpContext context) =>
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
                using var counted = new MemoryStream(Bytes);
                await context.Request.Body.CopyToAsync(counted);
                await context.Response.WriteAsJsonAsync(counted.Length);
            });
        });
        await using var web = await StartWebAsync(upstream.Address);

        using var taken = await Client.PostAsync(new Uri(web.Address, "/api/activity/batch"), new ByteArrayContent(new byte[Bytes]));
        using var refused = new HttpRequestMessage(HttpMethod.Post, new Uri(web.Address, "/api/activity"))
        {
            Content = new ByteArrayContent(new byte[Bytes]),
            Headers = { ExpectContinue = true },
        };
        using var refusal = await Client.SendAsync(refused);

        Assert.Equal(Bytes, await taken.Content.ReadFromJsonAsync<long>());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refusal.StatusCode);
    }

    [Fact]
    public async Task Forwarder_answers_503_when_the_api_cannot_be_reached()
    {
        await using var web = await StartWebAsync(UnusedAddress());

        using var response = await Client.GetAsync(new Uri(web.Address, "/api/metrics/summary"));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("upstream_unavailable", JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forwarder_answers_503_when_the_api_does_not_take_the_connection_in_time()
    {
        const int MoreThanWait = 8;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen(backlog: 1);
        using var ending = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, MoreThanWait).Select(_ => ConnectAsync(server.LocalEndPoint!, ending.Token)).ToList();
        await using var web = await StartWebAsync(new Uri($"http://{server.LocalEndPoint}"));

        using var response = await Client.GetAsync(new Uri(web.Address, "/api/metrics/summary"));
        await ending.CancelAsync();
        await Task.WhenAll(waiting);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);

        static async Task ConnectAsync(EndPoint server, CancellationToken cancellationToken)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            try
            {
                await client.ConnectAsync(server, cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The queue is full, which is what this is for.
            }
        }
    }

    [Fact]
    public void Upstream_tells_the_begin_and_the_end_of_an_outage_once()
    {
        var upstream = new Upstream("Activity", new Uri("http://localhost"));

        Assert.False(upstream.CameBack());
        Assert.Equal((true, false), (upstream.WentAway(), upstream.WentAway()));
        Assert.Equal((true, false), (upstream.CameBack(), upstream.CameBack()));
        Assert.True(upstream.WentAway());
    }

    [Fact]
    public async Task Forwarder_answers_502_and_sends_nothing_twice_when_the_connection_breaks()
    {
        var requests = 0;
        await using var upstream = await LocalServer.StartAsync(app => app.Run(context =>
        {
            Interlocked.Increment(ref requests);
            context.Abort();
            return Task.CompletedTask;
        }));
        await using var web = await StartWebAsync(upstream.Address);

        using var response = await Client.PostAsync(new Uri(web.Address, "/api/activity"), new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("upstream_unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Forwarder_breaks_off_when_the_api_breaks_off()
    {
        await using var upstream = await LocalServer.StartAsync(app => app.Run(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        await using var web = await StartWebAsync(upstream.Address);

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetStringAsync(new Uri(web.Address, "/api/metrics/summary")));
    }

    [Fact]
    public async Task Forwarder_continues_the_clients_trace()
    {
        await using var upstream = await LocalServer.StartAsync(app => app.Run(context =>
            context.Response.WriteAsync(context.Request.Headers.TraceParent.ToString())));
        await using var web = await StartWebAsync(upstream.Address);

        using var sent = new Span("client").SetIdFormat(ActivityIdFormat.W3C).Start();
        var arrived = ActivityContext.Parse(await Client.GetStringAsync(new Uri(web.Address, "/api/metrics/summary")), null);

        Assert.Equal(sent.TraceId, arrived.TraceId);
        Assert.NotEqual(sent.SpanId, arrived.SpanId);
    }

    private static Task<LocalServer> StartWebAsync(Uri activity, Uri? dashboard = null) => LocalServer.StartAsync(
        app => app.MapForwarding(),
        builder =>
        {
            builder.Services.AddSingleton(new ServiceAddresses(activity, dashboard ?? activity));
            builder.Services.AddProblemDetails();
            builder.AddForwarding();
        },
        // Where the Dashboard can be asked without a session.
        Environments.Development);

    /// <summary>Answers with a name and the target of the request line.</summary>
    private static Action<WebApplication> Echo(string name) => app => app.Run(context =>
        context.Response.WriteAsync($"{name} {context.Features.Get<IHttpRequestFeature>()!.RawTarget}"));

    /// <summary>An address that the client sends without tidying it up first.</summary>
    private static Uri Literally(Uri server, string path) => new(
        server.GetLeftPart(UriPartial.Authority) + path,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>An address of this machine where nobody listens: its port was free a moment ago.</summary>
    private static Uri UnusedAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new($"http://{socket.LocalEndPoint}");
    }

    private sealed record Seen(string Method, string Body, Dictionary<string, string> Headers);

    /// <summary>Sends its second half only when the first has been seen to arrive.</summary>
    private sealed class PausedContent(string first, string second, Task between) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            await between.WaitAsync(WebLimits.Wait);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
