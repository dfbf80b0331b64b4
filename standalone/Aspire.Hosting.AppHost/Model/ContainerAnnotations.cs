namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where the data of a mount lies.</summary>
public enum ContainerMountType
{
    /// <summary>In a folder of the host.</summary>
    BindMount,

    /// <summary>In a named volume.</summary>
    Volume,
}

/// <summary>Gives a server a place for its data that outlives it.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    /// <summary>Describes a mount.</summary>
    /// <param name="source">The volume's name, or the folder of the host.</param>
    /// <param name="target">Where a container sees it.</param>
    /// <param name="type">Volume or folder.</param>
    /// <param name="isReadOnly">Whether it must not be written to.</param>
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (type == ContainerMountType.BindMount)
        {
            ArgumentException.ThrowIfNullOrEmpty(source);
        }

        Source = source;
        Target = target;
        Type = type;
        IsReadOnly = isReadOnly;
    }

    /// <summary>The volume's name, or the folder of the host.</summary>
    public string? Source { get; }

    /// <summary>Where a container sees it.</summary>
    public string Target { get; }

    /// <summary>Volume or folder.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether it must not be written to.</summary>
    public bool IsReadOnly { get; }
}

/// <summary>The image that a container is made from, where the resource runs in one.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The host it is pulled from; null: it is part of the image's name, or the engine's own choice.</summary>
    public string? Registry { get; set; }

    /// <summary>The image's name, without its tag.</summary>
    public required string Image { get; set; }

    /// <summary>The image's tag. Setting it forgets the digest.</summary>
    public string? Tag
    {
        get;
        set
        {
            field = value;
            SHA256 = null;
        }
    }

    /// <summary>The image's digest, without <c>sha256:</c> before it. Setting it forgets the tag.</summary>
    public string? SHA256
    {
        get;
        set
        {
            if (value is not null)
            {
                Tag = null;
            }

            field = value;
        }
    }
}
