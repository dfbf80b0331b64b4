using System.Net;
using System.Text.Json.Serialization;

namespace PulseBoard.Bench.Load;

/// <summary>A load, bounded in time and connections.</summary>
internal sealed record LoadPlan
{
    /// <summary>Where single events go.</summary>
    public const string SinglePath = "/api/activity";

    /// <summary>Where batches go.</summary>
    public const string BatchPath = "/api/activity/batch";

    /// <summary>The server, on this machine.</summary>
    public required Uri Address { get; init; }

    /// <summary>How many clients, each with a connection of its own and one request under way.</summary>
    public required int Connections { get; init; }

    /// <summary>How long it is measured.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The same load before that, unmeasured.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>More than one go as a batch.</summary>
    public int EventsPerRequest { get; init; } = 1;

    /// <summary>How many made-up people act.</summary>
    public int People { get; init; } = 1_000;

    /// <summary>People whom the measured system knows and who act instead of made-up ones; null for those.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>
    /// Null for a closed loop: each client sends the next request when it has its answer. Else an open loop: requests are due at this
    /// rate, all clients together, and latencies begin when the request was due, whether or not its client was free then. Otherwise
    /// a server that stalls would be asked less, and the stall be measured once instead of for everyone who came meanwhile.
    /// </summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Ends the load before its time when so many were sent.</summary>
    public long? Requests { get; init; }

    /// <summary>Marks the load's people, so that its events can be counted. Short, of letters and digits.</summary>
    public string Run { get; init; } = NewRun();

    /// <summary>Path and query of what is asked again and again, instead of sending events; null for a load of events.</summary>
    public string? Question { get; init; }

    /// <summary>How many events each request sends.</summary>
    [JsonIgnore]
    public int Events => Question is null ? EventsPerRequest : 0;

    [JsonIgnore]
    public bool IsBatch => Events > 1;

    [JsonIgnore]
    public string Path => IsBatch ? BatchPath : SinglePath;

    /// <summary>Where to connect.</summary>
    /// <exception cref="BenchmarkException">It is not this machine.</exception>
    public IPEndPoint EndPoint() => ThisMachine.EndPoint(Address);

    private static string NewRun() => "r" + Guid.NewGuid().ToString("N")[..10];
}
