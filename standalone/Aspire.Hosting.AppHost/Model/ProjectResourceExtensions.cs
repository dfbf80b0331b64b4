namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a project's resource knows of its project.</summary>
public static class ProjectResourceExtensions
{
    /// <summary>The project as the build generated it.</summary>
    /// <param name="projectResource">The project's resource.</param>
    /// <returns>Its metadata.</returns>
    /// <exception cref="InvalidOperationException">The resource was added without them.</exception>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) =>
        projectResource.Annotations.OfType<IProjectMetadata>().Single();
}
