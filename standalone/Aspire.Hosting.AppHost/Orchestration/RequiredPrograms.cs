using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Finds out before anything starts whether the machine has the programs of all servers.</summary>
internal static class RequiredPrograms
{
    /// <exception cref="DistributedApplicationException">Programs are missing; the message says which, and what installs them.</exception>
    public static void Check(IEnumerable<IResource> resources)
    {
        var missing = resources.SelectMany(r => r.Annotations.OfType<NativeServerAnnotation>())
            .SelectMany(server => server.Programs)
            .Where(program => program.Locate() is null)
            .ToArray();
        if (missing.Length > 0)
        {
            var names = string.Join(", ", missing.Select(p => p.Name).Distinct());
            var packages = string.Join(' ', missing.Select(p => p.DebianPackage).Distinct());
            throw new DistributedApplicationException(
                $"""
                Not installed: {names}. On Debian and Ubuntu, as root:
                  apt-get install {packages}
                """);
        }
    }
}
