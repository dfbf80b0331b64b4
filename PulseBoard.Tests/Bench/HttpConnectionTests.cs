using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Load;
using PulseBoard.Tests.Web;

namespace PulseBoard.Tests.Bench;

public sealed class HttpConnectionTests : IAsyncLifetime, IDisposable
{
    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private LocalServer _server = null!;
    private HttpConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _server = await LocalServer.StartAsync(app =>
        {
            app.MapGet("/length", () => "hello");
            app.MapGet("/large", () => new string('x', 100_000));
            app.MapGet("/chunks", async (HttpContext context) =>
            {
                foreach (var part in "hello".Chunk(2))
                {
                    await context.Response.WriteAsync(new string(part));
                    await context.Response.Body.FlushAsync();
                }
            });
            app.MapGet("/refusal", () => Results.Json(new { code = "no" }, statusCode: 503));
            app.MapGet("/close", (HttpContext context) =>
            {
                context.Response.Headers.Connection = "close";
                return "bye";
            });
            app.MapGet("/abort", (HttpContext context) => context.Abort());
        });
        _connection = new(new(IPAddress.Loopback, _server.Address.Port));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("/length", 200, "hello")]
    [InlineData("/chunks", 200, "hello")]
    [InlineData("/refusal", 503, """{"code":"no"}""")]
    public async Task An_answer_has_its_status_and_its_body(string path, int status, string body)
    {
        Assert.Equal((status, body), await GetAsync(path));
    }

    [Fact]
    public async Task An_answer_may_be_larger_than_the_first_buffer()
    {
        var (_, body) = await GetAsync("/large");

        Assert.Equal(100_000, body.Length);
    }

    [Fact]
    public async Task The_connection_is_kept_from_request_to_request()
    {
        await GetAsync("/length");
        await GetAsync("/chunks");
        await GetAsync("/refusal");

        Assert.Equal(1, _connection.Connects);
    }

    [Fact]
    public async Task A_connection_that_the_server_closes_after_its_answer_is_replaced()
    {
        Assert.Equal((200, "bye"), await GetAsync("/close"));
        Assert.Equal((200, "hello"), await GetAsync("/length"));

        Assert.Equal(2, _connection.Connects);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_error_and_is_replaced()
    {
        var error = await Record.ExceptionAsync(() => GetAsync("/abort"));

        Assert.True(error is EndOfStreamException or SocketException, $"{error}");
        Assert.Equal((200, "hello"), await GetAsync("/length"));
        Assert.Equal(2, _connection.Connects);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error()
    {
        await _server.DisposeAsync();

        var error = await Assert.ThrowsAsync<SocketException>(() => GetAsync("/length"));

        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    private async Task<(int Status, string Body)> GetAsync(string path)
    {
        var answer = await _connection.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Limit);
        return (answer.Status, Encoding.ASCII.GetString(answer.Body.Span));
    }
}
