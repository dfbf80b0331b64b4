namespace PulseBoard.Web.Components.Sending;

/// <summary>A program that sends an event to this installation: complete, and with nothing but what its language comes with.</summary>
/// <param name="Key">Names it in the document.</param>
/// <param name="Name">The language, or the tool.</param>
/// <param name="Run">The command that runs it; null where it is one itself.</param>
/// <param name="Text">The program.</param>
internal sealed record Snippet(string Key, string Name, string? Run, string Text)
{
    /// <summary>What stands in the place of the key, which no page shows.</summary>
    public const string KeyPlaceholder = "<ingestion key>";

    /// <summary>All of them.</summary>
    /// <param name="address">This installation, with a slash at its end.</param>
    /// <param name="asksForKey">Whether senders must know the key.</param>
    /// <param name="eventId">An idempotency key where the language has none ready.</param>
    public static IReadOnlyList<Snippet> All(string address, bool asksForKey, Guid eventId) =>
        [Curl(address, asksForKey, eventId), CSharp(address, asksForKey), Python(address, asksForKey), JavaScript(address, asksForKey)];

    /// <summary>The shortest one, for a first event.</summary>
    /// <param name="address">This installation, with a slash at its end.</param>
    /// <param name="asksForKey">Whether senders must know the key.</param>
    public static Snippet Shortest(string address, bool asksForKey) =>
        Curl(address, asksForKey, """{"user":"alex@example.com","type":"task_created"}""");

    private static Snippet Curl(string address, bool asksForKey, Guid eventId) => Curl(
        address,
        asksForKey,
        $$"""
        {
            "user": "alex@example.com",
            "type": "task_created",
            "event_id": "{{eventId}}"
          }
        """);

    private static Snippet Curl(string address, bool asksForKey, string body)
    {
        var key = asksForKey ? $"\n  -H 'authorization: Bearer {KeyPlaceholder}' \\" : "";
        return new("curl", "curl", null, $$"""
            curl -i -X POST {{address}}api/activity \{{key}}
              -H 'content-type: application/json' \
              -d '{{body}}'
            """);
    }

    // Built of nodes: a file that is run by itself has no serialization by reflection.
    private static Snippet CSharp(string address, bool asksForKey)
    {
        var key = asksForKey ? $"\nhttp.DefaultRequestHeaders.Authorization = new(\"Bearer\", \"{KeyPlaceholder}\");" : "";
        return new("csharp", "C#", "dotnet run send.cs", $$"""
            using System.Text;
            using System.Text.Json.Nodes;

            using var http = new HttpClient { BaseAddress = new("{{address}}") };{{key}}

            var activity = new JsonObject
            {
                ["user"] = "alex@example.com",
                ["type"] = "task_created",
                ["event_id"] = Guid.CreateVersion7().ToString(),
            };
            using var content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync("api/activity", content);

            Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            return response.IsSuccessStatusCode ? 0 : 1;
            """);
    }

    private static Snippet Python(string address, bool asksForKey)
    {
        var key = asksForKey ? $"\n        \"authorization\": \"Bearer {KeyPlaceholder}\"," : "";
        return new("python", "Python", "python3 send.py", $$"""
            import json
            import sys
            import urllib.error
            import urllib.request
            import uuid

            event = {
                "user": "alex@example.com",
                "type": "task_created",
                "event_id": str(uuid.uuid4()),
            }
            request = urllib.request.Request(
                "{{address}}api/activity",
                data=json.dumps(event).encode(),
                headers={
                    "content-type": "application/json",{{key}}
                },
            )
            try:
                with urllib.request.urlopen(request, timeout=10) as response:
                    print(response.status, response.read().decode())
            except urllib.error.HTTPError as refusal:
                sys.exit(f"{refusal.code} {refusal.read().decode()}")
            """);
    }

    private static Snippet JavaScript(string address, bool asksForKey)
    {
        var key = asksForKey ? $"\n    'authorization': 'Bearer {KeyPlaceholder}'," : "";
        return new("javascript", "JavaScript", "node send.mjs", $$"""
            import { randomUUID } from 'node:crypto';

            const response = await fetch('{{address}}api/activity', {
              method: 'POST',
              headers: {
                'content-type': 'application/json',{{key}}
              },
              body: JSON.stringify({
                user: 'alex@example.com',
                type: 'task_created',
                event_id: randomUUID(),
              }),
            });

            console.log(response.status, await response.text());
            process.exitCode = response.ok ? 0 : 1;
            """);
    }
}
