using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Bench.Faults;

/// <summary>A client as the API asks it to be: the event's id is its own, and what was not acknowledged is sent again with it.</summary>
internal sealed class EventPoster(HttpClient activity, Ledger ledger, AcknowledgementClock clock)
{
    // Shorter than the answers ask for, so that the load weighs on what is recovering.
    private static readonly TimeSpan ResendPause = TimeSpan.FromMilliseconds(100);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Sends an event until it is acknowledged.</summary>
    public async Task PostAsync(PostedEvent posted, CancellationToken cancellationToken)
    {
        while (!await TryPostAsync(posted, cancellationToken))
        {
            await Task.Delay(ResendPause, cancellationToken);
        }
    }

    /// <summary>Sends a batch, as a whole, until all of it is acknowledged.</summary>
    public async Task PostAsync(IReadOnlyList<PostedEvent> batch, CancellationToken cancellationToken)
    {
        while (!await TryPostAsync(batch, cancellationToken))
        {
            await Task.Delay(ResendPause, cancellationToken);
        }
    }

    /// <summary>Sends an event once.</summary>
    /// <returns>Whether it was acknowledged.</returns>
    public async Task<bool> TryPostAsync(PostedEvent posted, CancellationToken cancellationToken)
    {
        ledger.Attempted(posted);
        try
        {
            using var response = await activity.PostAsJsonAsync("/api/activity", posted.Body, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                var receipt = await response.Content.ReadFromJsonAsync<ActivityReceipt>(Json, cancellationToken);
                posted.Acknowledged(receipt!.Duplicate);
                clock.Acknowledged();
                return true;
            }

            await RefusedAsync(response, [posted], cancellationToken);
        }
        catch (Exception exception) when (IsUnanswered(exception, cancellationToken))
        {
            Unanswered([posted]);
        }

        return false;
    }

    /// <summary>Sends a batch once.</summary>
    /// <returns>Whether all of it was acknowledged.</returns>
    public async Task<bool> TryPostAsync(IReadOnlyList<PostedEvent> batch, CancellationToken cancellationToken)
    {
        foreach (var posted in batch)
        {
            ledger.Attempted(posted);
        }

        try
        {
            using var response = await activity.PostAsJsonAsync("/api/activity/batch", batch.Select(posted => posted.Body), cancellationToken);
            if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.MultiStatus)
            {
                using var receipt = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                return Take(batch, receipt.RootElement.GetProperty("results"));
            }

            await RefusedAsync(response, batch, cancellationToken);
        }
        catch (Exception exception) when (IsUnanswered(exception, cancellationToken))
        {
            Unanswered(batch);
        }

        return false;
    }

    // Read as a client would that has only the description of the API.
    private bool Take(IReadOnlyList<PostedEvent> batch, JsonElement results)
    {
        var whole = true;
        foreach (var result in results.EnumerateArray())
        {
            var posted = batch[result.GetProperty("index").GetInt32()];
            if (result.GetProperty("event_id").GetGuid() != posted.EventId)
            {
                throw new InvalidOperationException("An answer to a batch has the results of other events.");
            }

            if (result.GetProperty("status").GetString() is ("accepted" or "duplicate") and var status)
            {
                posted.Acknowledged(status == "duplicate");
                clock.Acknowledged();
            }
            else
            {
                whole = false;
                posted.Unknown();
                ledger.Refused($"{(int)HttpStatusCode.MultiStatus} {result.GetProperty("code").GetString()}");
            }
        }

        return whole && results.GetArrayLength() == batch.Count;
    }

    private static bool IsUnanswered(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or JsonException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private void Unanswered(IReadOnlyList<PostedEvent> events)
    {
        ledger.Refused(Refusals.NoAnswer);
        foreach (var posted in events)
        {
            posted.Unknown();
        }
    }

    private async Task RefusedAsync(HttpResponseMessage response, IReadOnlyList<PostedEvent> events, CancellationToken cancellationToken)
    {
        ledger.Refused($"{(int)response.StatusCode} {await CodeAsync(response, cancellationToken)}");
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            // The database may have it although the service never heard of that.
            foreach (var posted in events)
            {
                posted.Unknown();
            }
        }
    }

    private static async Task<string> CodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString()! : "without a code";
        }
        catch (JsonException)
        {
            return "without a problem";
        }
    }
}
