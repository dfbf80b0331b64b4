using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// The process that outlives the host just long enough to end what the host left behind. It runs <c>reaper.sh</c> and learns of
/// the host's end by the end of its standard input: the host alone holds the other side of that pipe, so that even SIGKILL
/// closes it.
/// </summary>
internal sealed class Reaper : IAsyncDisposable
{
    /// <summary>How long a host that stops, or the reaper of one that has died, gets to end before its data is called in use.</summary>
    internal static readonly TimeSpan DefaultLockLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long children get to end in an orderly way when the host has gone without stopping them.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private const string Ready = "ready";
    private const string Waiting = "waiting";
    private const string Taken = "taken ";

    private readonly Process _process;
    private readonly Lock _writeLock = new();

    private Reaper(Process process) => _process = process;

    /// <param name="lockFile">The file to lock, or null.</param>
    /// <param name="lockLimit">How long to wait for the lock, in whole seconds.</param>
    /// <param name="onWaiting">Called when the wait for the lock begins.</param>
    /// <param name="cancellationToken">Gives up the wait for the lock.</param>
    /// <exception cref="InvalidOperationException">Another host has the lock, or the reaper cannot run.</exception>
    public static async Task<Reaper> StartAsync(
        string? lockFile, TimeSpan lockLimit, Action onWaiting, CancellationToken cancellationToken)
    {
        if (lockFile is not null)
        {
            lockFile = Path.GetFullPath(lockFile);
            Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        }

        // -s: the script comes through standard input, ahead of the messages. A session of its own keeps Ctrl-C away.
        var process = Process.Start(new ProcessStartInfo(
            "setsid",
            [
                "bash", "-ps", "--", "pulseboard-reaper", lockFile ?? "",
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Seconds(lockLimit), Seconds(StopLimit),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;
        process.StandardInput.AutoFlush = true;
        try
        {
            process.StandardInput.Write(await ScriptAsync(cancellationToken));
            var answer = await process.StandardOutput.ReadLineAsync(cancellationToken);
            if (answer == Waiting)
            {
                onWaiting();
                answer = await process.StandardOutput.ReadLineAsync(cancellationToken);
            }

            return answer == Ready ? new Reaper(process) : throw new InvalidOperationException(Refusal(answer, lockFile));
        }
        catch
        {
            // With what it runs: a flock that waits would go on waiting, and then hold the data.
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>From now on <paramref name="pid"/> will not outlive the host.</summary>
    /// <exception cref="IOException">The reaper has gone, so that nothing would see to the child.</exception>
    public void Watch(int pid, Signal stopSignal) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"start {pid} {(int)stopSignal}"));

    /// <summary>The process <paramref name="pid"/> has ended; the number may soon be another's.</summary>
    public void Forget(int pid)
    {
        try
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"end {pid}"));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A reaper that has gone remembers nothing.
        }
    }

    /// <summary>Has <paramref name="folder"/> removed after the last child's end.</summary>
    /// <exception cref="IOException">The reaper has gone.</exception>
    public void RemoveAtExit(string folder) => Write($"folder {folder}");

    /// <summary>Tells other hosts over the same data that it is worth waiting for this one's end.</summary>
    public void AnnounceStop()
    {
        try
        {
            Write("stop");
        }
        catch (IOException)
        {
            // A reaper that has gone holds no lock.
        }
    }

    /// <summary>Lets the reaper end what is left, and returns when it has.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_writeLock)
        {
            _process.StandardInput.Close();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string Refusal(string? answer, string? lockFile) => answer switch
    {
        null => "The process that watches over the host's children ended at once. It needs bash, setsid and flock.",
        Taken => $"Processes of an earlier host still use the data in {Path.GetDirectoryName(lockFile)}.",
        _ => $"The data in {Path.GetDirectoryName(lockFile)} is in use by another host, process {answer[Taken.Length..]}. "
            + "Stop that one first, or use another folder.",
    };

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(Reaper).Assembly.GetManifestResourceStream("reaper.sh")!);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private void Write(string message)
    {
        // One write per message: a pipe keeps writes of less than 4 KiB whole.
        lock (_writeLock)
        {
            _process.StandardInput.Write(message + "\n");
        }
    }
}
