using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Activity;

/// <summary>An ingestion of its own, with little room, beside the application's and on its servers.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class IngestionLimitsTests(PulseBoardApplication application) : IAsyncLifetime, IDisposable
{
    private const int Room = 10;

    private readonly string _user = PulseBoardApplication.NewUser();
    private readonly HttpClient _client = new();
    private ServiceProcess _activity = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _activity = await ServiceProcess.StartAsync("Activity", [
            new("ConnectionStrings__pulseboard-db", await application.ConnectionStringAsync("pulseboard-db")),
            new("ConnectionStrings__rabbitmq", await application.ConnectionStringAsync("rabbitmq")),
            new("Access__IngestionKey", TestSecrets.IngestionKey),
            new("Ingestion__Capacity", Room.ToString(CultureInfo.InvariantCulture)),
            new("Ingestion__BatchEvents", Room.ToString(CultureInfo.InvariantCulture)),
            new("Ingestion__BatchConcurrency", "1"),
            new("Ingestion__RetryAfter", "00:00:07"),
        ]);
        _client.BaseAddress = _activity.Address;
        _client.DefaultRequestHeaders.Authorization = new("Bearer", TestSecrets.IngestionKey);
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await _activity.DisposeAsync();

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    [Fact]
    public Task Events_beyond_the_room_are_refused_and_those_that_were_taken_are_stored() => WhileABatchWaitsAsync(async () =>
    {
        using var refused = await _client.PostAsJsonAsync("/api/activity", new { user = _user, type = "task_created" });
        var problem = await AssertAsksToWaitAsync(refused, HttpStatusCode.ServiceUnavailable, "ingestion_full");
        Assert.NotEqual(Guid.Empty, problem.GetProperty("event_id").GetGuid());
    });

    [Fact]
    public async Task An_event_whose_commit_waits_for_somebody_else_holds_up_no_other()
    {
        var id = Guid.CreateVersion7();
        await using var connection = new NpgsqlConnection(await application.ConnectionStringAsync("pulseboard-db"));
        await connection.OpenAsync();
        Task<HttpResponseMessage> heldUp;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var insert = new NpgsqlCommand(
                """
                INSERT INTO events (event_id, event_type, user_id, timestamp, received_at, batch_id)
                VALUES ($1, 'task_created', 'nobody', now(), now(), gen_random_uuid())
                """,
                connection)
            {
                Parameters = { new() { Value = id } },
            };
            await insert.ExecuteNonQueryAsync();

            heldUp = _client.PostAsJsonAsync("/api/activity", new { event_id = id, user = _user, type = "task_created" });
            await DatabaseLock.HoldsUpAsync(application, "activity", 1);
            using var other = await _client.PostAsJsonAsync("/api/activity", new { user = _user, type = "task_created" });
            Assert.Equal(HttpStatusCode.Accepted, other.StatusCode);
            Assert.False(heldUp.IsCompleted);
        }

        using var answer = await heldUp;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await application.CountedAsync(_user, 2);
    }

    [Fact]
    public Task A_batch_beyond_those_that_may_be_under_way_is_told_to_wait_before_it_is_read() => WhileABatchWaitsAsync(async () =>
    {
        using var refused = await PostBatchAsync();
        await AssertAsksToWaitAsync(refused, HttpStatusCode.TooManyRequests, "too_many_batches");
    });

    [Fact]
    public async Task A_service_that_is_told_to_stop_answers_what_it_took_and_takes_no_more()
    {
        await WhileABatchWaitsAsync(async () =>
        {
            _activity.Terminate();
            await Eventually.BecomesAsync("new connections to be refused", RefusesConnectionsAsync, refused => refused);
        });

        Assert.Equal(0, await _activity.ExitCodeAsync());
    }

    /// <summary>Acts while a batch was taken that fills the room and cannot be committed; afterwards it is, and is answered and counted.</summary>
    private async Task WhileABatchWaitsAsync(Func<Task> act)
    {
        Task<HttpResponseMessage> taken;
        await using (await DatabaseLock.TakeAsync(application, DatabaseLock.OfEvents))
        {
            taken = PostBatchAsync();
            await DatabaseLock.HoldsUpAsync(application, "activity", 1);
            await act();
        }

        using var answer = await taken;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(Room, (await answer.Content.ReadFromJsonAsync<ActivityBatchReceipt>(PulseBoardApplication.Json))!.Accepted);
        await application.CountedAsync(_user, Room);
    }

    private Task<HttpResponseMessage> PostBatchAsync() =>
        _client.PostAsJsonAsync("/api/activity/batch", Enumerable.Repeat(new { user = _user, type = "task_created" }, Room));

    private static async Task<JsonElement> AssertAsksToWaitAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    private async Task<bool> RefusesConnectionsAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_activity.Address.Host, _activity.Address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
