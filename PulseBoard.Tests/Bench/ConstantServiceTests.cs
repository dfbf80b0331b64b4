using System.Text;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;

namespace PulseBoard.Tests.Bench;

public sealed class ConstantServiceTests
{
    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task A_constant_has_the_bytes_and_the_headers_of_the_answer_that_was_given_last()
    {
        await using var constant = await ConstantService.StartAsync(Limit);
        await constant.SetAsync(Answer("X-Cache-Status: HIT\r\nContent-Type: application/json; charset=utf-8\r\nDate: then\r\n", "{}"), Limit);
        await constant.SetAsync(Answer("ETag: \"5\"\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n", "a,b\r\n1,2\r\n"), Limit);

        using var connection = new HttpConnection(ThisMachine.EndPoint(constant.Address));
        var answer = await connection.SendAsync(QuestionRequests.Write(constant.Address, "GET", ConstantService.Path), Limit);

        var headers = answer.Headers();
        Assert.Equal((200, "a,b\r\n1,2\r\n"), (answer.Status, Encoding.ASCII.GetString(answer.Body.Span)));
        Assert.Equal(("\"5\"", "text/csv", "10"), (headers["ETag"], headers["Content-Type"], headers["Content-Length"]));
        Assert.False(headers.ContainsKey("X-Cache-Status"));
    }

    private static HttpAnswer Answer(string headers, string body) =>
        new(200, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{headers.TrimEnd()}"), Encoding.ASCII.GetBytes(body), Closes: false);
}
