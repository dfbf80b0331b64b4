using Microsoft.AspNetCore.Http;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>The keys of a service.</summary>
public interface IAccessKeys
{
    /// <summary>Each of them.</summary>
    IReadOnlyList<AccessKey> All { get; }

    /// <summary>Those of them that open a request, the one to recommend first.</summary>
    IReadOnlyList<AccessKey> Opening(HttpRequest request);
}
