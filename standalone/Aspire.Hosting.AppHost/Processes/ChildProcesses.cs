using System.Collections.Concurrent;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// The host's child processes. None outlives the host: <see cref="DisposeAsync"/> stops them, and after any other end of the
/// host its <see cref="Reaper"/> does.
/// </summary>
internal sealed class ChildProcesses : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, ChildProcess> _running = new();
    private readonly Reaper _reaper;
    private readonly Lock _startLock = new();
    private bool _disposed;

    private ChildProcesses(Reaper reaper) => _reaper = reaper;

    /// <summary>Starts the reaper, which holds <paramref name="lockFile"/>, if given, until the last child has ended.</summary>
    /// <param name="lockFile">The file that stands for the data that the children will use; it is made if it is missing.</param>
    /// <param name="onWaiting">Called when the lock is about to be free, and is waited for.</param>
    /// <param name="cancellationToken">Gives up the wait for the lock.</param>
    /// <exception cref="InvalidOperationException">Another host has the lock, or what it left behind does not end.</exception>
    public static Task<ChildProcesses> StartAsync(string? lockFile, Action onWaiting, CancellationToken cancellationToken) =>
        StartAsync(lockFile, Reaper.DefaultLockLimit, onWaiting, cancellationToken);

    /// <inheritdoc cref="StartAsync(string?, Action, CancellationToken)"/>
    internal static async Task<ChildProcesses> StartAsync(
        string? lockFile, TimeSpan lockLimit, Action onWaiting, CancellationToken cancellationToken) =>
        new(await Reaper.StartAsync(lockFile, lockLimit, onWaiting, cancellationToken));

    /// <summary>Starts a child.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="onOutput">Gets each line, without its end, and whether it came on standard error; one call at a time.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The working directory does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The host is stopping.</exception>
    public ChildProcess Start(ProcessSpec spec, Action<string, bool> onOutput)
    {
        // Without the lock a child could start behind the back of DisposeAsync.
        lock (_startLock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var child = ChildProcess.Start(spec, pid => _reaper.Watch(pid, spec.StopSignal), onOutput);
            _running[child.Id] = child;
            _ = ForgetAfterExitAsync(child);
            return child;
        }
    }

    /// <summary>Makes a folder that only this user may enter, and that is removed at exit, however the host ends.</summary>
    /// <param name="name">A part of the folder's name, for people.</param>
    /// <returns>The folder's full path.</returns>
    public string CreateTemporaryFolder(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"pulseboard-{name}-").FullName;
        _reaper.RemoveAtExit(folder);
        return folder;
    }

    /// <summary>Tells other hosts over the same data that this one is about to end.</summary>
    public void AnnounceStop() => _reaper.AnnounceStop();

    /// <summary>Stops the children that still run, all at once, and removes the temporary folders.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_startLock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await Task.WhenAll(_running.Values.Select(child => child.StopAsync(CancellationToken.None)));
        await _reaper.DisposeAsync();
    }

    private async Task ForgetAfterExitAsync(ChildProcess child)
    {
        await ((Task)child.Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reaper.Forget(child.Id);
        _running.TryRemove(child.Id, out _);
    }
}
