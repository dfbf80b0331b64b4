namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs with environment variables of its own.</summary>
public interface IResourceWithEnvironment : IResource
{
}

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource
{
}

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource
{
}

/// <summary>A resource whose start can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource
{
}

/// <summary>A resource that runs somewhere: a project, a program, a server in a container.</summary>
public interface IComputeResource : IResource
{
}

/// <summary>A place where an application is published to.</summary>
public interface IComputeEnvironmentResource : IResource
{
}

/// <summary>A resource that lives inside another, such as a database in its server.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource it lives in.</summary>
    IResource Parent { get; }
}

/// <summary>A resource that lives inside another of a known kind.</summary>
/// <typeparam name="T">The kind of the parent.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    /// <summary>The resource it lives in.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>A resource that others reach through a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The connection string, as an expression over endpoints and parameters.</summary>
    ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>The variable that carries the connection string; by default <c>ConnectionStrings__</c> and the connection's name.</summary>
    string? ConnectionStringEnvironmentVariable => null;

    /// <summary>The connection string once ports and secrets are known.</summary>
    /// <param name="cancellationToken">Ends the wait for them.</param>
    /// <returns>The connection string.</returns>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ConnectionStringExpression.GetValueAsync(cancellationToken);

    /// <summary>The parts of the connection string, for clients that want them one by one.</summary>
    /// <returns>Names, such as <c>Host</c>, with their values.</returns>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];
}
