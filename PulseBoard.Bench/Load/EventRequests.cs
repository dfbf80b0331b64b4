using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PulseBoard.Bench.Load;

/// <summary>The requests of one client: written once, and then only ids and people change, at places that are known.</summary>
internal sealed class EventRequests : ILoadRequests
{
    private const int IdLength = 36;
    private const int PersonLength = 6;
    private const char Blank = ' ';
    private static readonly StandardFormat Person = new('D', PersonLength);

    // One for each type that its first event may have.
    private readonly Request[] _requests;
    private readonly LoadEvents _events;

    // As JSON, with as many blanks behind it as make all of them equally long; null where people are made up.
    private readonly byte[][]? _users;
    private int _next;

    /// <param name="plan">The load.</param>
    /// <param name="events">The client's events.</param>
    public EventRequests(LoadPlan plan, LoadEvents events)
    {
        _events = events;
        string[]? users = plan.Users is { } names ? [.. names.Select(name => $"\"{JsonEncodedText.Encode(name)}\"")] : null;
        var width = users?.Max(user => user.Length) ?? 0;
        _users = users is null ? null : [.. users.Select(user => Encoding.ASCII.GetBytes(user.PadRight(width, Blank)))];
        _requests = [.. Enumerable.Range(0, LoadEvent.Types.Count).Select(firstType => Write(plan, firstType, width))];
    }

    public ReadOnlyMemory<byte> Next()
    {
        var request = _requests[_next];
        _next = (_next + 1) % _requests.Length;
        foreach (var (id, person) in request.Places)
        {
            var next = _events.Next();
            next.Id.TryFormat(request.Bytes.AsSpan(id, IdLength), out _);
            if (_users is { } users)
            {
                users[next.Person].CopyTo(request.Bytes, person);
            }
            else
            {
                Utf8Formatter.TryFormat(next.Person, request.Bytes.AsSpan(person, PersonLength), out _, Person);
            }
        }

        return request.Bytes;
    }

    private static Request Write(LoadPlan plan, int firstType, int userWidth)
    {
        var body = new StringBuilder();
        var places = new List<(int Id, int Person)>();
        for (var i = 0; i < plan.EventsPerRequest; i++)
        {
            body.Append(i > 0 ? "," : plan.IsBatch ? "[" : "").Append("{\"event_id\":\"");
            var id = body.Length;
            body.Append(Guid.Empty).Append("\",\"user\":");
            if (plan.Users is null)
            {
                body.Append('"');
                places.Add((id, body.Length));
                body.Append(new LoadEvent().User(plan.Run)).Append('"');
            }
            else
            {
                places.Add((id, body.Length));
                body.Append(Blank, userWidth);
            }

            body.Append(",\"type\":\"").Append(LoadEvent.Types[(firstType + i) % LoadEvent.Types.Count]);
            body.Append("\",\"data\":").Append(LoadEvent.Data).Append('}');
        }

        body.Append(plan.IsBatch ? "]" : "");
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {plan.Path} HTTP/1.1\r\nHost: {plan.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");

        // All of it is ASCII: a character is a byte.
        return new(
            Encoding.ASCII.GetBytes(head + body),
            [.. places.Select(place => (place.Id + head.Length, place.Person + head.Length))]);
    }

    private sealed record Request(byte[] Bytes, (int Id, int Person)[] Places);
}
