using System.Diagnostics;
using OpenTelemetry;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Takes out of each span what an address may tell of a person: a client's address, and all of a path or query that is not the
/// route. A server span keeps its route; the span of a call keeps which server was called, and that server's span has the route.
/// </summary>
internal sealed class SafeAddresses : BaseProcessor<Activity>
{
    private const string Route = "http.route";
    private const string Path = "url.path";
    private const string Full = "url.full";

    private static readonly string[] OfTheClient = ["url.query", "client.address", "client.port", "network.peer.address", "network.peer.port"];

    public override void OnEnd(Activity data)
    {
        switch (data.Kind)
        {
            case ActivityKind.Server:
                Array.ForEach(OfTheClient, tag => data.SetTag(tag, null));

                // Required by the conventions, so it is not left out.
                data.SetTag(Path, data.GetTagItem(Path) is null ? null : data.GetTagItem(Route) ?? "REDACTED");
                break;

            case ActivityKind.Client when data.GetTagItem(Full) is string full && Uri.TryCreate(full, UriKind.Absolute, out var address):
                data.SetTag(Full, address.GetLeftPart(UriPartial.Authority));
                break;
        }
    }
}
