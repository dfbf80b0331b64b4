namespace Aspire.Dashboard.Resources;

/// <summary>What the host tells of its resources, and does with them.</summary>
internal interface IResourceSource
{
    /// <summary>The application's name.</summary>
    string ApplicationName { get; }

    /// <summary>Larger after each change of a resource. Cheap: it is asked several times a second while somebody looks.</summary>
    long Version { get; }

    /// <summary>All resources as they are now, one for each process, in the order of the model.</summary>
    IReadOnlyList<ResourceView> All();

    /// <summary>An environment variable's value, a secret one's too; null where there is none of that name.</summary>
    string? VariableOf(string id, string name);

    /// <summary>What a process wrote; null where there is no such resource, or it has no process.</summary>
    ConsoleLog? ConsoleOf(string id);

    /// <summary>Starts, stops or restarts a resource.</summary>
    /// <returns>Null where it worked, else why it did not.</returns>
    Task<string?> ExecuteAsync(string id, string command, CancellationToken cancellationToken);
}
