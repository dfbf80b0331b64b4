using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says what is true of servers that others run in containers.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>Gives the server a named place for its data. In standalone mode it is a folder of that name.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name.</param>
    /// <param name="target">Where a container sees it.</param>
    /// <param name="isReadOnly">Whether it must not be written to.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));
}
