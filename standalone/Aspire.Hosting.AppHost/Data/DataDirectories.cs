using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Where the data of each server lies: in the folder of its volume, or in a folder that is removed at exit.</summary>
internal sealed class DataDirectories(string appHostDirectory, ChildProcesses processes)
{
    private readonly Dictionary<IResource, string> _directories = [];

    public string For(IResource resource)
    {
        lock (_directories)
        {
            if (!_directories.TryGetValue(resource, out var directory))
            {
                directory = StandaloneHome.VolumeOf(resource) is { } volume
                    ? Directory.CreateDirectory(Path.Combine(StandaloneHome.Locate(appHostDirectory), volume.Source!)).FullName
                    : processes.CreateTemporaryFolder(resource.Name);
                _directories.Add(resource, directory);
            }

            return directory;
        }
    }
}
