using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting;

/// <summary>
/// Says what is true of servers that others run in containers. What it says about images is for publishing: a run takes the
/// programs that the machine has.
/// </summary>
public static class ContainerResourceBuilderExtensions
{
    private const string DefaultTag = "latest";

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

    /// <summary>Says which image the server's container is made from.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="image">The image's name, with its registry, tag or digest where it has them.</param>
    /// <param name="tag">The image's tag, where the name has neither tag nor digest; by default <c>latest</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">Both the name and <paramref name="tag"/> have a tag.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The name is not one of an image, or <paramref name="tag"/> contradicts its digest.</exception>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(image);
        var name = ImageName.Parse(image);
        if (tag is not null && name.Tag is not null)
        {
            throw new InvalidOperationException($"The image '{image}' has a tag already: '{tag}' cannot be its tag too.");
        }

        if (tag is not null && name.Digest is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(tag), tag, $"The image '{image}' has a digest: it takes no tag.");
        }

        if (builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
        {
            annotation.Image = name.Repository;
        }
        else
        {
            annotation = new ContainerImageAnnotation { Image = name.Repository };
            builder.WithAnnotation(annotation);
        }

        if (name.Digest is not null)
        {
            annotation.SHA256 = name.Digest;
        }
        else
        {
            annotation.Tag = name.Tag ?? tag ?? DefaultTag;
        }

        return builder;
    }

    /// <summary>Changes the tag of the server's image.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The resource has no image.</exception>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(tag);
        builder.Image().Tag = tag;
        return builder;
    }

    /// <summary>Changes the host that the server's image is pulled from.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="registry">The host, with its port where it has one; null: the engine's own choice.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The resource has no image.</exception>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        builder.Image().Registry = registry;
        return builder;
    }

    /// <summary>Says what the server's container starts instead of its image's own choice.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="entrypoint">The program, as the container sees it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(entrypoint);
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    private static ContainerImageAnnotation Image<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation)
            ? annotation
            : throw new InvalidOperationException($"The resource '{builder.Resource.Name}' has no image: name one with WithImage first.");
}
