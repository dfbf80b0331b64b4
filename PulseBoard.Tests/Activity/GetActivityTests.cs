using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Activity;

[Collection(ApplicationCollection.Name)]
public sealed class GetActivityTests(PulseBoardApplication application)
{
    [Fact]
    public async Task A_stored_event_is_told_as_it_was_sent_and_whether_it_is_counted()
    {
        var (user, eventId) = (PulseBoardApplication.NewUser(), Guid.NewGuid());
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);

        await using var database = await NpgsqlDataSource.Create(await application.ConnectionStringAsync("pulseboard-db")).OpenConnectionAsync();
        StoredActivity pending;
        await using (var transaction = await database.BeginTransactionAsync())
        {
            // Nothing of this person is counted while their rollup is locked.
            await using var locking = new NpgsqlCommand("SELECT FROM daily_user_metrics WHERE user_id = $1 FOR UPDATE", database, transaction)
            {
                Parameters = { new() { Value = user } },
            };
            await locking.ExecuteNonQueryAsync();
            using var response = await application.Activity.PostAsJsonAsync(
                "/api/activity", new { user, type = "task_created", event_id = eventId, timestamp = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(5)), data = new { points = 3 } });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            pending = await GetAsync(eventId);
        }

        Assert.Equal((eventId, user, "task_created", false, "pending"), (pending.EventId, pending.User, pending.Type, pending.Counted, pending.Status));
        Assert.Equal(3, pending.Data!.Value.GetProperty("points").GetInt32());
        Assert.Equal(TimeSpan.Zero, pending.Timestamp.Offset);
        Assert.InRange(pending.ReceivedAt - pending.Timestamp, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        await Eventually.BecomesAsync("the event to be counted", () => GetAsync(eventId), found => found is { Counted: true, Status: "counted" });
    }

    [Fact]
    public async Task An_id_that_nobody_sent_is_not_found()
    {
        using var response = await application.Activity.GetAsync(new Uri($"/api/activity/{Guid.NewGuid()}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("event_not_found", problem.GetProperty("code").GetString());
    }

    private async Task<StoredActivity> GetAsync(Guid eventId) =>
        (await application.Activity.GetFromJsonAsync<StoredActivity>($"/api/activity/{eventId}", PulseBoardApplication.Json))!;
}
