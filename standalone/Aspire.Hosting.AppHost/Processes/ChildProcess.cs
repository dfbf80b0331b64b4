using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// A running child. It leads a session of its own, so that a terminal's Ctrl-C reaches the host alone, which then stops its
/// children in order.
/// </summary>
internal sealed class ChildProcess
{
    /// <summary>
    /// What runs between fork and exec. The child waits for a line from the host, which comes once the reaper knows of the
    /// child: a host that dies in between closes the pipe, and the child ends here. Every exec keeps the pid.
    /// </summary>
    private const string Gate = """
        read -r go || exit
        exec "$@" </dev/null
        """;

    private const string GateAsUser = """
        read -r go || exit
        user=$1
        shift
        chown --recursive -- "$user:$user" . || exit
        exec setpriv --reuid="$user" --regid="$user" --clear-groups -- "$@" </dev/null
        """;

    /// <summary>How long to wait for the rest of the output of an ended child whose pipe someone else still holds open.</summary>
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(2);

    private readonly ProcessSpec _spec;
    private readonly Process _process;
    private readonly Lock _outputLock = new();

    private ChildProcess(ProcessSpec spec, Process process, Action<string, bool> onOutput)
    {
        _spec = spec;
        _process = process;
        Id = process.Id;
        Exited = WaitAsync(onOutput);
    }

    /// <summary>The process id: that of the program itself, of its session and of its group.</summary>
    public int Id { get; }

    /// <summary>
    /// Completes when the process has ended, nothing of its group is left and all its output was delivered. Gives the exit
    /// code: 128 plus the signal's number if a signal ended it.
    /// </summary>
    public Task<int> Exited { get; }

    /// <summary>Starts the program; <paramref name="announce"/> is told its pid before a line of the program runs.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The working directory does not exist.</exception>
    internal static ChildProcess Start(ProcessSpec spec, Action<int> announce, Action<string, bool> onOutput)
    {
        var process = Process.Start(StartInfo(spec))!;
        try
        {
            announce(process.Id);
            process.StandardInput.WriteLine();
        }
        finally
        {
            process.StandardInput.Close();
        }

        return new ChildProcess(spec, process, onOutput);
    }

    /// <summary>
    /// Asks the process to end, and kills it when <see cref="ProcessSpec.StopTimeout"/> has passed or
    /// <paramref name="cancellationToken"/> fires. Returns when it has ended.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Send(_spec.StopSignal);
        try
        {
            await Exited.WaitAsync(_spec.StopTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Kill();
            await Exited;
        }
    }

    /// <summary>Kills the process and its group; await <see cref="Exited"/> for the end.</summary>
    public void Kill() => Send(Signal.Kill);

    private static ProcessStartInfo StartInfo(ProcessSpec spec)
    {
        var user = Environment.IsPrivilegedProcess ? spec.UserWhenRoot : null;
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // bash, since dash drops variables whose names are no identifiers (ConnectionStrings__pulseboard-db); -p, so that it
        // takes neither BASH_ENV nor functions from the environment.
        Add("bash", "-pc", user is null ? Gate : GateAsUser, spec.Name);
        if (user is not null)
        {
            Add(user);
        }

        Add(spec.FileName);
        Add([.. spec.Arguments]);
        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;

        void Add(params string[] arguments) => Array.ForEach(arguments, info.ArgumentList.Add);
    }

    private void Send(Signal signal)
    {
        // An ended process's pid may be someone else's by now.
        if (!Exited.IsCompleted)
        {
            ProcessGroup.Send(Id, signal);
        }
    }

    private async Task<int> WaitAsync(Action<string, bool> onOutput)
    {
        var output = Task.WhenAll(
            ReadAsync(_process.StandardOutput, isError: false, onOutput),
            ReadAsync(_process.StandardError, isError: true, onOutput));
        await _process.WaitForExitAsync(CancellationToken.None);
        ProcessGroup.KillRest(Id);
        try
        {
            await output.WaitAsync(OutputLimit);
        }
        catch (TimeoutException)
        {
            // A process that left the group keeps the pipe; what it writes is not this child's.
        }

        using (_process)
        {
            return _process.ExitCode;
        }
    }

    private async Task ReadAsync(StreamReader reader, bool isError, Action<string, bool> onOutput)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_outputLock)
            {
                onOutput(line, isError);
            }
        }
    }
}
