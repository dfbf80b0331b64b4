using System.Net;
using System.Text.Json;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Telemetry;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class PersonalDataTests(PulseBoardApplication application)
{
    [Fact]
    public async Task Nothing_that_a_person_sent_is_in_what_is_exported_whether_it_is_stored_or_refused()
    {
        var user = PulseBoardApplication.NewUser();
        var note = $"secret-{Guid.NewGuid():N}";
        application.Telemetry.Watch(user);
        application.Telemetry.Watch(note);

        var stored = await TracedPost.SendAsync(application.Web, new { user, type = "note", data = new { note } });
        await using var unstorable = await UnstorableType.BeginAsync(application);
        var violation = await TracedPost.SendAsync(application.Activity, new { user, type = unstorable.Name, data = new { note } });
        var noText = await TracedPost.SendAsync(application.Web, new { user, type = "note", data = new { note = $"{note}\0" } });
        var invalid = await TracedPost.SendAsync(application.Web, new { user = new string('x', 90) + user, type = 1, data = note });
        var broken = await TracedPost.SendAsync(application.Web, $$"""{"user":"{{user}}","data":{{note}}""");
        await application.CountedAsync(user, 1);
        var looked = new[] { $"/api/metrics/summary?user={user}", $"/api/people/{user}?note={note}", $"/{user}" };
        foreach (var address in looked)
        {
            using var response = await application.Web.GetAsync(new Uri(address, UriKind.Relative));
            using var direct = await application.Dashboard.GetAsync(new Uri(address, UriKind.Relative));
        }

        // By then all of it has been exported: the traces, the log of the refusal, and metrics that count it.
        await application.Telemetry.TraceAsync(stored.TraceId, SpanNames.Count);
        await application.Telemetry.TraceAsync(invalid.TraceId, SpanNames.ForwardedPost);
        await application.Telemetry.TraceAsync(broken.TraceId, SpanNames.ForwardedPost);
        var last = await TracedPost.SendAsync(application.Web, new { user, type = "note" });
        await application.Telemetry.TraceAsync(last.TraceId, SpanNames.ForwardedPost, SpanNames.Count, SpanNames.Query);

        // Postgres quotes the whole row that violates its constraint.
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (violation.Status, noText.Status));
        var trace = await application.Telemetry.TraceAsync(violation.TraceId, SpanNames.Post, SpanNames.Commit, SpanNames.Query);
        var failure = Assert.Single(trace.Single("activity", SpanNames.Query).Events, happened => happened.Name == "exception");
        Assert.Contains(nameof(Npgsql), failure.Attributes["exception.stacktrace"], StringComparison.Ordinal);
        await Eventually.BecomesAsync(
            "the log of the refusal", () => Task.FromResult(application.Telemetry.Logs.Any(log => log.TraceId == violation.TraceId)), found => found);

        Assert.DoesNotContain(
            application.Telemetry.Sightings, seen => seen.Contains(user, StringComparison.Ordinal) || seen.Contains(note, StringComparison.Ordinal));
        Assert.Equal(note, JsonDocument.Parse((await application.QueryAsync<string>(
            "SELECT data_payload::text FROM events WHERE user_id = $1 AND data_payload IS NOT NULL", user))!).RootElement.GetProperty("note").GetString());
    }
}
