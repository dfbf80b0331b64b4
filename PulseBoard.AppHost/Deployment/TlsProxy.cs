using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace PulseBoard.AppHost.Deployment;

/// <summary>
/// The proxy that gives a deployment its certificate, in the profile <c>tls</c>. It belongs to the manifest alone: nothing of it
/// runs locally.
/// </summary>
internal static class TlsProxy
{
    private const string Name = "caddy";
    private const string Image = "docker.io/library/caddy:2.11.4";
    private const string Memory = "96M";
    private const string DataVolume = "pulseboard-caddy";
    private const string SiteAddress = "SITE_ADDRESS";

    public static void AddTo(ComposeFile file)
    {
        var proxy = new Service
        {
            Name = Name,
            Image = Image,
            Profiles = ["tls"],
            Command = ["caddy", "reverse-proxy", "--from", $"${{{SiteAddress}:-localhost}}", "--to", "web:${WEB_PORT}"],
            Ports = ["80:80", "443:443", "443:443/udp"],
            DependsOn = { ["web"] = new ServiceDependency { Condition = "service_started" } },
            Networks = [.. file.Services["web"].Networks],
            Restart = ServiceExtensions.RestartUnlessStopped,
        };
        proxy.LimitMemory(Memory);
        proxy.RotateLogs();
        proxy.Mount(DataVolume, "/data");
        proxy.Harden("/tmp", "/config");
        proxy.CapAdd = ["NET_BIND_SERVICE"];

        file.AddService(proxy);
    }

    public static void AddVariables(IDictionary<string, CapturedEnvironmentVariable> variables)
    {
        variables[SiteAddress] = new CapturedEnvironmentVariable
        {
            Name = SiteAddress,
            Description = "Host name that the profile tls gets a certificate for",
        };
    }
}
