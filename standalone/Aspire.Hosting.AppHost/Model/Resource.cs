namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a server, a project, a database, a parameter.</summary>
public interface IResource
{
    /// <summary>The name by which the rest of the model refers to it; unique, ignoring case.</summary>
    string Name { get; }

    /// <summary>Everything that was said about the resource with the builder's methods.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Something said about a resource.</summary>
public interface IResourceAnnotation
{
}

/// <summary>The base of the model's resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Names the resource.</summary>
    /// <param name="name">ASCII letters, digits and single hyphens, starting with a letter, at most 64 of them.</param>
    /// <exception cref="ArgumentException">The name breaks that rule.</exception>
    protected Resource(string name)
    {
        ModelName.Validate(nameof(Resource), name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
