using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Activity.Access;

/// <summary>One key for whatever this service is asked.</summary>
internal sealed class IngestionKeys(IOptions<AccessOptions> options) : IAccessKeys
{
    public IReadOnlyList<AccessKey> All { get; } =
        [new AccessKey("ingestion key", nameof(AccessOptions.IngestionKey), options.Value.IngestionKey)];

    public IReadOnlyList<AccessKey> Opening(HttpRequest request) => All;
}
