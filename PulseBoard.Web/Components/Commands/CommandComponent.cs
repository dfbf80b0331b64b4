using Microsoft.AspNetCore.Components;
using PulseBoard.Web.Commands;

namespace PulseBoard.Web.Components.Commands;

/// <summary>Something on a page that has an API change something, one command at a time, and tells what came of it.</summary>
public abstract class CommandComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();

    [Inject]
    internal CommandClient Client { get; set; } = default!;

    [Inject]
    internal Keys Keys { get; set; } = default!;

    /// <summary>Whether a command is under way.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>What is wrong with the last command; null where nothing is.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What the last command did; null where there was none, or it failed.</summary>
    protected string? Done { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Forgets what came of the last command.</summary>
    protected void Forget() => (Fault, Done) = (null, null);

    /// <summary>Says what is wrong before a command is sent.</summary>
    protected void Refuse(string fault) => (Fault, Done) = (fault, null);

    /// <summary>Ends a command that is under way: whether it is done, only the API knows.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed.IsCancellationRequested)
        {
            _disposed.Cancel();
            _disposed.Dispose();
        }
    }

    /// <summary>Has the Dashboard do something.</summary>
    /// <param name="method">The verb.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="content">The body; null is none.</param>
    /// <param name="done">What is told where it was done, of what the Dashboard answered.</param>
    /// <returns>The answer; null where another command is under way, or nobody waits for it any more.</returns>
    internal async Task<CommandAnswer?> AdministerAsync(HttpMethod method, string path, HttpContent? content, Func<CommandAnswer, string> done)
    {
        if (IsBusy)
        {
            return null;
        }

        (IsBusy, Fault, Done) = (true, null, null);
        try
        {
            var answer = await Client.AdministerAsync(method, path, content, Keys[KeyKind.Administrator], _disposed.Token);
            Fault = answer.Fault;
            Done = answer.Succeeded ? done(answer) : null;
            return answer;
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
