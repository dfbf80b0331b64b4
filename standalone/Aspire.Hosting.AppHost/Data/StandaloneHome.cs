using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// The folder that keeps what outlives a run: volumes, generated secrets and the lock. An application without volumes, as a test
/// makes one, neither reads nor creates it.
/// </summary>
internal static class StandaloneHome
{
    private const string HomeVariable = "PULSEBOARD_HOME";
    private const string FolderName = ".pulseboard";

    public static string Locate(string appHostDirectory)
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } moved)
        {
            return Path.GetFullPath(moved);
        }

        for (var folder = new DirectoryInfo(appHostDirectory); folder is not null; folder = folder.Parent)
        {
            // A worktree's .git is a file.
            if (Path.Exists(Path.Combine(folder.FullName, ".git")) || folder.EnumerateFiles("*.sln").Any())
            {
                return Path.Combine(folder.FullName, FolderName);
            }
        }

        return Path.Combine(appHostDirectory, FolderName);
    }

    public static bool IsNeededBy(IEnumerable<IResource> resources) => resources.Any(r => VolumeOf(r) is not null);

    public static ContainerMountAnnotation? VolumeOf(IResource resource) =>
        resource.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault(m => m is { Type: ContainerMountType.Volume, Source: not null });

    public static string Create(string home)
    {
        // Servers that refuse to run as root must be able to pass through to their own folder; what is secret is a file with mode 600.
        Directory.CreateDirectory(home);
        return home;
    }
}
