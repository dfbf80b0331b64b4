using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project lies. The build generates one for every project that the host refers to.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Path of the project file.</summary>
    string ProjectPath { get; }
}

/// <summary>How a project becomes a resource.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile to take; null: the host's own, or else the first.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether to take none.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
