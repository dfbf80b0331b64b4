using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Dashboard.Access;

/// <summary>A key for reading, and a token for everything: a verb that may change something needs the token, whatever its path.</summary>
internal sealed class DashboardKeys : IAccessKeys
{
    private readonly IReadOnlyList<AccessKey> _administering;

    public DashboardKeys(IOptions<AccessOptions> options)
    {
        var secrets = options.Value;
        var read = new AccessKey("read key", nameof(AccessOptions.ReadKey), secrets.ReadKey);
        var administrator = new AccessKey("administrator token", nameof(AccessOptions.AdministratorToken), secrets.AdministratorToken);
        (All, _administering) = ([read, administrator], [administrator]);
    }

    public IReadOnlyList<AccessKey> All { get; }

    public IReadOnlyList<AccessKey> Opening(HttpRequest request) => IsReading(request.Method) ? All : _administering;

    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
