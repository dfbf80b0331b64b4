namespace Aspire.Hosting.Standalone;

/// <summary>The signals that end a child process, by their numbers on Linux.</summary>
internal enum Signal
{
    /// <summary>Ctrl-C; to Postgres: disconnect the clients, then shut down.</summary>
    Interrupt = 2,

    /// <summary>Ends the process at once; it cannot refuse.</summary>
    Kill = 9,

    /// <summary>The polite request to end.</summary>
    Terminate = 15,
}
