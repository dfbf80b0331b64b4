using System.Reflection;

namespace Aspire.Hosting.Standalone;

/// <summary>Where the host's project lies; its build writes that into the assembly.</summary>
internal static class AppHostLocation
{
    private const string ProjectDirectoryKey = "apphostprojectpath";

    public static string ProjectDirectory(Assembly? assembly) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => string.Equals(a.Key, ProjectDirectoryKey, StringComparison.OrdinalIgnoreCase))?.Value
        ?? Directory.GetCurrentDirectory();
}
