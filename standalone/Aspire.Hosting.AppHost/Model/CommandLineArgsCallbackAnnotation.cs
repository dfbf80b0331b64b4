namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds command line arguments to a resource when it starts.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments, without waiting for anything.</summary>
    /// <param name="callback">Adds them to the list: texts, or values that are resolved when all are there.</param>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };
    }

    /// <summary>Adds the arguments to the context.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}

/// <summary>The command line of a resource while it is put together.</summary>
/// <param name="args">The arguments so far.</param>
/// <param name="cancellationToken">Ends the start of the resource.</param>
public sealed class CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments so far: texts, or values that are resolved when all are there.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>Ends the start of the resource.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
