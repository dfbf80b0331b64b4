using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace PulseBoard.AppHost.Deployment;

/// <summary>What every container of a deployment gets.</summary>
internal static class ServiceExtensions
{
    /// <summary>Comes back after a crash and after the machine starts again, but not after somebody stopped it.</summary>
    public const string RestartUnlessStopped = "unless-stopped";

    public static void LimitMemory(this Service service, string memory)
    {
        service.Deploy ??= new();
        service.Deploy.Resources = new() { Limits = new() { Memory = memory } };
    }

    public static void RotateLogs(this Service service)
    {
        service.Logging = new Logging
        {
            Driver = "json-file",
            Options = new() { ["max-size"] = "10m", ["max-file"] = "3" },
        };
    }

    /// <summary>Keeps a folder beyond the life of the container.</summary>
    public static void Mount(this Service service, string volume, string target)
    {
        service.AddVolume(new Volume { Name = volume, Type = "volume", Source = volume, Target = target, ReadOnly = false });
    }

    /// <summary>Keeps the process from gaining rights, and its files from changing: only the named folders can be written, in memory.</summary>
    public static void Harden(this Service service, params IEnumerable<string> writable)
    {
        service.ReadOnly = true;
        service.Tmpfs = [.. writable];
        service.CapDrop = ["ALL"];
        service.SecurityOpt = ["no-new-privileges:true"];
    }
}
