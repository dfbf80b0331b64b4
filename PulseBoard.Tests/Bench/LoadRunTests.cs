using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Tests.Web;

namespace PulseBoard.Tests.Bench;

public sealed class LoadRunTests
{
    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task A_load_sends_as_many_requests_as_it_may_each_with_an_event_of_its_own()
    {
        var received = new ConcurrentBag<JsonElement>();
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, (JsonElement one) =>
        {
            received.Add(one);
            return Results.Accepted();
        }));

        var result = await LoadRun.RunAsync(Plan(server) with { Connections = 4, Requests = 500 }, Limit);

        Assert.Empty(result.Errors);
        Assert.Equal((500, 500, 500), (result.Requests, result.Events, result.Acknowledged));
        Assert.Equal(500, received.Count);
        Assert.Equal(500, received.DistinctBy(one => one.GetProperty("event_id").GetGuid()).Count());
        Assert.Equal(LoadEvent.Types.Order(), received.Select(one => one.GetProperty("type").GetString()!).Distinct().Order());
        Assert.True(received.DistinctBy(one => one.GetProperty("user").GetString()).Count() > 100);
    }

    [Fact]
    public async Task A_load_can_be_of_people_whom_the_system_knows()
    {
        string[] known = ["ada@example.com", "o\"brien", "Åsa Ö"];
        var received = new ConcurrentBag<string>();
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, (JsonElement one) =>
        {
            received.Add(one.GetProperty("user").GetString()!);
            return Results.Accepted();
        }));

        var result = await LoadRun.RunAsync(Plan(server) with { Requests = 200, Users = known }, Limit);

        Assert.Empty(result.Errors);
        Assert.Equal(known.Order(), received.Distinct().Order());
    }

    [Fact]
    public async Task A_load_of_a_question_asks_it_and_sends_no_events()
    {
        var asked = new ConcurrentBag<string>();
        await using var server = await LocalServer.StartAsync(app => app.MapGet("/question", (HttpRequest request) =>
        {
            asked.Add(request.QueryString.Value!);
            return "answer";
        }));

        var result = await LoadRun.RunAsync(Plan(server) with { Connections = 4, Requests = 100, Question = "/question?user=a%20b" }, Limit);

        Assert.Empty(result.Errors);
        Assert.Equal((100, 0, 0), (result.Requests, result.Events, result.Acknowledged));
        Assert.Equal(100, asked.Count);
        Assert.Equal(["?user=a%20b"], asked.Distinct());
    }

    [Fact]
    public async Task A_client_s_event_ids_are_version_7_and_in_the_order_of_time()
    {
        var ids = new ConcurrentQueue<Guid>();
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, (JsonElement one) =>
        {
            ids.Enqueue(one.GetProperty("event_id").GetGuid());
            return Results.Accepted();
        }));

        await LoadRun.RunAsync(Plan(server) with { Requests = 200 }, Limit);

        Assert.All(ids, id => Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2)));
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task A_batch_counts_the_events_that_its_answer_accepts()
    {
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.BatchPath, (JsonElement[] batch) =>
            Results.Accepted(value: new { accepted = batch.Length - 3, duplicates = 2, rejected = 1 })));

        var result = await LoadRun.RunAsync(Plan(server) with { EventsPerRequest = 100, Requests = 10 }, Limit);

        Assert.Equal((10, 970, 970), (result.Requests, result.Events, result.Acknowledged));
        Assert.Equal([new("events of a batch that were not accepted", 30L)], result.Errors);
    }

    [Fact]
    public async Task A_refusal_is_an_error_by_its_status_and_code()
    {
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, () =>
            Results.Problem(statusCode: 503, extensions: new Dictionary<string, object?> { ["code"] = "ingestion_full" })));

        var result = await LoadRun.RunAsync(Plan(server) with { Requests = 20 }, Limit);

        Assert.Equal([new("HTTP 503 ingestion_full", 20L)], result.Errors);
        Assert.Equal((0, 0), (result.Requests, result.Acknowledged));
    }

    [Fact]
    public async Task A_connection_that_the_server_ends_is_an_error_and_the_load_goes_on()
    {
        var requests = 0;
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, (HttpContext context) =>
        {
            if (Interlocked.Increment(ref requests) == 5)
            {
                context.Abort();
            }

            return Results.Accepted();
        }));

        var result = await LoadRun.RunAsync(Plan(server) with { Requests = 20 }, Limit);

        Assert.Equal(1, result.ErrorCount);
        Assert.Equal((19, 19), (result.Requests, result.Acknowledged));
    }

    [Fact]
    public async Task An_open_loop_counts_a_stall_for_every_request_that_came_due_in_it()
    {
        var stall = TimeSpan.FromSeconds(1);
        var requests = 0;
        await using var server = await LocalServer.StartAsync(app => app.MapPost(LoadPlan.SinglePath, async () =>
        {
            if (Interlocked.Increment(ref requests) == 50)
            {
                await Task.Delay(stall);
            }

            return Results.Accepted();
        }));

        // 100 of the 300 requests come due in the stall: the first of them waits all of it, the last one hardly. So the slowest twentieth
        // waited 0.85 of it; the timer that ends it may be a little early.
        var result = await LoadRun.RunAsync(Plan(server) with { RequestsPerSecond = 100, Duration = TimeSpan.FromSeconds(3) }, Limit);

        Assert.Equal(300, requests);
        Assert.True(result.Max >= 0.95 * stall, $"{result}");
        Assert.True(result.P95 >= 0.8 * stall, $"{result}");
    }

    [Fact]
    public async Task A_load_on_another_machine_is_refused()
    {
        var plan = new LoadPlan { Address = new("http://192.0.2.1"), Connections = 1, Duration = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<PulseBoard.Bench.BenchmarkException>(() => LoadRun.RunAsync(plan, Limit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task The_do_nothing_endpoint_accepts_every_event_of_a_load_process(int eventsPerRequest)
    {
        await using var doNothing = await DoNothingService.StartAsync(Limit);
        var plan = new LoadPlan { Address = doNothing.Address, Connections = 4, EventsPerRequest = eventsPerRequest, Requests = 100, Duration = TimeSpan.FromMinutes(1) };

        var result = await LoadProcess.RunAsync(plan, Limit);

        Assert.Empty(result.Errors);
        Assert.Equal(100 * eventsPerRequest, result.Acknowledged);
        Assert.True(result.Max >= result.P50 && result.P50 > TimeSpan.Zero, $"{result}");
    }

    private static LoadPlan Plan(LocalServer server) => new() { Address = server.Address, Connections = 1, Duration = TimeSpan.FromMinutes(1) };
}
