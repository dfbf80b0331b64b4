namespace Aspire.Hosting.Standalone;

/// <summary>A program to run as a child of the host, and how to end it.</summary>
internal sealed record ProcessSpec
{
    private static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What the process is called in messages: the resource's name.</summary>
    public required string Name { get; init; }

    /// <summary>A path, or a name to be found on PATH. One that cannot be run ends the child with exit code 126 or 127.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Set on top of the host's own environment; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The folder to start in; it must exist.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The signal that asks the process to end in an orderly way.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>How long an orderly end may take before the process is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = DefaultStopTimeout;

    /// <summary>
    /// The user, with a group of the same name, that the process becomes where the host is root. The working directory and
    /// all in it then become that user's; folders above it may stay closed to the user.
    /// </summary>
    public string? UserWhenRoot { get; init; }
}
