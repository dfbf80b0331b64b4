using System.Net.Sockets;

namespace PulseBoard.Bench.Load;

/// <summary>One client of a load: a connection, its requests one after the other, and what became of them.</summary>
internal sealed class LoadClient(LoadPlan plan, LoadSchedule schedule, int number)
{
    // A server that refuses connections is not to be asked as fast as this machine can.
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(10);

    public LoadTally Tally { get; } = new();

    /// <summary>Sends until the load has ended.</summary>
    /// <param name="limit">When to give up on answers that do not come.</param>
    public async Task RunAsync(CancellationToken limit)
    {
        using var connection = new HttpConnection(plan.EndPoint());
        ILoadRequests requests = plan.Question is { } question
            ? new QuestionRequests(plan.Address, question)
            : new EventRequests(plan, new LoadEvents(plan.Users?.Count ?? plan.People, number));
        try
        {
            await foreach (var due in schedule.DueAsync(number, limit))
            {
                try
                {
                    Answered(due, await connection.SendAsync(requests.Next(), limit));
                }
                catch (Exception exception) when (exception is SocketException or EndOfStreamException or InvalidDataException)
                {
                    Tally.Fail(exception is SocketException socket ? $"connection: {socket.SocketErrorCode}" : exception.Message);
                    await Task.Delay(PauseAfterError, limit);
                }
            }
        }
        catch (OperationCanceledException)
        {
            Tally.Fail("no answer in time");
        }
    }

    private void Answered(TimeSpan due, in HttpAnswer answer)
    {
        var now = schedule.Now;
        if (schedule.IsMeasured(due))
        {
            Tally.Latencies.Record(now - due);
            Tally.LastEnd = now;
        }

        if (!answer.Succeeded)
        {
            Tally.Fail(AcceptedEvents.NameOf(answer));
            return;
        }

        var accepted = plan.IsBatch ? AcceptedEvents.Count(answer) : plan.Events;
        Tally.Acknowledged += accepted;
        if (accepted < plan.Events)
        {
            Tally.Fail("events of a batch that were not accepted", plan.Events - accepted);
        }

        if (schedule.IsMeasured(now))
        {
            Tally.Requests++;
            Tally.Events += accepted;
        }
    }
}
