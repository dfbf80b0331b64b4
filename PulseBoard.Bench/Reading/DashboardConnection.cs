using System.Diagnostics;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Reading;

/// <summary>A connection to the read API, on which one question is asked at a time.</summary>
internal sealed class DashboardConnection(Uri dashboard) : IDisposable
{
    /// <summary>Where an answer came from.</summary>
    public const string CacheStatus = "X-Cache-Status";

    // There is no such team. That nobody is in it any more changes nothing but the metrics version, which every cached answer lies under.
    private const string NoTeam = "/api/teams/nobody.bench.example";

    private const string OnlyPresent = "Cache-Control: no-cache\r\n";

    private readonly HttpConnection _connection = new(ThisMachine.EndPoint(dashboard));
    private readonly byte[] _forget = QuestionRequests.Write(dashboard, "DELETE", NoTeam);

    /// <summary>Makes every cached answer old news, as a change of the metrics does.</summary>
    /// <exception cref="BenchmarkException">The read API refuses.</exception>
    public async Task ForgetAsync(CancellationToken cancellationToken) => Require(NoTeam, await _connection.SendAsync(_forget, cancellationToken));

    /// <summary>Asks.</summary>
    /// <param name="question">Path and query, escaped.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="allowsStale">Whether an expensive answer may be a moment behind.</param>
    /// <returns>The answer, valid until the next one, and how long it took.</returns>
    /// <exception cref="BenchmarkException">The read API refuses.</exception>
    public async Task<(HttpAnswer Answer, TimeSpan Taken)> AskAsync(
        string question, CancellationToken cancellationToken, bool allowsStale = false)
    {
        var request = QuestionRequests.Write(dashboard, "GET", question, allowsStale ? "" : OnlyPresent);
        var begun = Stopwatch.GetTimestamp();
        var answer = await _connection.SendAsync(request, cancellationToken);
        var taken = Stopwatch.GetElapsedTime(begun);
        return (Require(question, answer), taken);
    }

    public void Dispose() => _connection.Dispose();

    private static HttpAnswer Require(string question, HttpAnswer answer) =>
        answer.Succeeded ? answer : throw new BenchmarkException($"{question}: {AcceptedEvents.NameOf(answer)}");
}
