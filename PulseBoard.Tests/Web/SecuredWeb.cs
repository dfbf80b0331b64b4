using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Web;

/// <summary>Web as a deployment runs it, before APIs that answer with the request they got.</summary>
internal sealed class SecuredWeb : IAsyncDisposable
{
    private readonly LocalServer _apis;

    private SecuredWeb(LocalServer apis, ServiceProcess process) => (_apis, Process) = (apis, process);

    public ServiceProcess Process { get; }

    public Uri Address => Process.Address;

    /// <param name="settings">Added to what it needs, or instead of it.</param>
    public static async Task<SecuredWeb> StartAsync(params KeyValuePair<string, string?>[] settings)
    {
        var apis = await LocalServer.StartAsync(app => app.Run(context => context.Response.WriteAsync(string.Join(
            '\n',
            [
                $"{context.Request.Method} {context.Request.Path}",
                .. context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"),
            ]))));
        try
        {
            return new(apis, await ServiceProcess.StartAsync(
                "Web",
                [
                    new("services__activity__http__0", apis.Address.ToString()),
                    new("services__dashboard__http__0", apis.Address.ToString()),
                    new("Access__SignInPassword", TestSecrets.SignInPassword),
                    new("Access__ReadKey", TestSecrets.ReadKey),
                    new("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),
                    .. settings,
                ]));
        }
        catch
        {
            await apis.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody with a browser's cookies and no session.</summary>
    /// <param name="from">Where the proxy before Web says that they are, or null for no proxy.</param>
    /// <param name="scheme">How the proxy says that they speak to it.</param>
    public Visitor NewVisitor(string? from = null, string? scheme = null) => new(Address, from, scheme);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _apis.DisposeAsync();
    }
}
