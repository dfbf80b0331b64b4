using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Standalone;

namespace PulseBoard.Tests.Standalone;

public sealed class ChildProcessesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<(string Line, bool IsError)> _output = new();
    private readonly TaskCompletionSource _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Start_delivers_every_line_and_the_exit_code()
    {
        await using var children = await StartAsync();

        var child = children.Start(Bash("for i in {1..2000}; do echo line $i; done; echo wrong >&2; printf end; exit 7"), Keep);

        Assert.Equal(7, await child.Exited.WaitAsync(Limit));
        Assert.Equal(
            [.. Enumerable.Range(1, 2000).Select(i => $"line {i}"), "end"],
            _output.Where(line => !line.IsError).Select(line => line.Line));
        Assert.Equal(["wrong"], _output.Where(line => line.IsError).Select(line => line.Line));
    }

    [Fact]
    public async Task Start_passes_on_variables_whose_names_are_no_identifiers()
    {
        await using var children = await StartAsync();
        var spec = new ProcessSpec
        {
            Name = "env",
            FileName = "env",
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?> { ["ConnectionStrings__pulseboard-db"] = "a b", ["HOME"] = null },
        };

        await children.Start(spec, Keep).Exited.WaitAsync(Limit);

        Assert.Contains(("ConnectionStrings__pulseboard-db=a b", false), _output);
        Assert.DoesNotContain(_output, line => line.Line.StartsWith("HOME=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_reports_a_program_that_is_not_there_through_its_exit_code()
    {
        await using var children = await StartAsync();
        var spec = new ProcessSpec { Name = "none", FileName = "no-such-program", WorkingDirectory = "/" };

        var child = children.Start(spec, Keep);

        Assert.Equal(127, await child.Exited.WaitAsync(Limit));
        Assert.Contains(_output, line => line.IsError && line.Line.Contains("no-such-program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Child_leads_its_own_session_and_holds_no_pipe_of_the_host()
    {
        var inheritable = OpenFiles("self");
        await using var children = await StartAsync();
        var other = children.Start(Bash("sleep 1000"), Keep);
        var child = children.Start(Bash("echo started; sleep 1000"), Keep);
        await _firstLine.Task.WaitAsync(Limit);

        var stat = await File.ReadAllTextAsync($"/proc/{child.Id}/stat");
        var session = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
        Assert.Equal(child.Id.ToString(CultureInfo.InvariantCulture), session);

        // Its output's two pipes and what the test host came with; above all not the reaper's pipe.
        var output = LinkTarget(child, 1);
        var error = LinkTarget(child, 2);
        Assert.DoesNotContain(
            OpenFiles(child.Id.ToString(CultureInfo.InvariantCulture)).Except(inheritable),
            file => file.StartsWith("pipe:", StringComparison.Ordinal) && file != output && file != error);
        Assert.False(other.Exited.IsCompleted);
    }

    [Theory]
    [InlineData((int)Signal.Interrupt, 12)]
    [InlineData((int)Signal.Terminate, 13)]
    public async Task Stop_sends_the_stop_signal(int signal, int exitCode)
    {
        await using var children = await StartAsync();
        var spec = Bash("trap 'exit 12' INT; trap 'exit 13' TERM; echo ready; while :; do sleep 0.05; done");
        var child = children.Start(spec with { StopSignal = (Signal)signal }, Keep);
        await _firstLine.Task.WaitAsync(Limit);

        await child.StopAsync(CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(exitCode, await child.Exited);
    }

    [Fact]
    public async Task Stop_kills_what_does_not_end_in_time()
    {
        await using var children = await StartAsync();
        var child = children.Start(Stubborn with { StopTimeout = TimeSpan.FromSeconds(0.2) }, Keep);
        await _firstLine.Task.WaitAsync(Limit);

        await child.StopAsync(CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(128 + (int)Signal.Kill, await child.Exited);
    }

    [Fact]
    public async Task Stop_kills_at_once_when_it_is_cancelled()
    {
        await using var children = await StartAsync();
        var child = children.Start(Stubborn with { StopTimeout = TimeSpan.FromMinutes(10) }, Keep);
        await _firstLine.Task.WaitAsync(Limit);

        await child.StopAsync(new CancellationToken(canceled: true)).WaitAsync(Limit);

        Assert.Equal(128 + (int)Signal.Kill, await child.Exited);
    }

    [Fact]
    public async Task End_of_a_child_ends_what_it_left_in_its_group()
    {
        await using var children = await StartAsync();
        var child = children.Start(Bash("sleep 1000 >/dev/null 2>&1 & echo $!"), Keep);

        await child.Exited.WaitAsync(Limit);

        await GoneAsync(int.Parse(_output.Single().Line, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Dispose_stops_children_and_removes_temporary_folders()
    {
        var children = await StartAsync();
        var folder = children.CreateTemporaryFolder("test");
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "data");
        var child = children.Start(Bash("sleep 1000"), Keep);

        await children.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.True(child.Exited.IsCompleted);
        Assert.False(Directory.Exists(folder));
        Assert.Throws<ObjectDisposedException>(() => children.Start(Bash("true"), Keep));
    }

    [Fact]
    public async Task Lock_refuses_a_second_host_and_names_the_first()
    {
        var folder = Directory.CreateTempSubdirectory("pulseboard-lock-");
        try
        {
            var lockFile = Path.Combine(folder.FullName, "lock");
            await using (await StartAsync(lockFile))
            {
                var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(lockFile));
                Assert.Contains(folder.FullName, refusal.Message, StringComparison.Ordinal);
                Assert.Contains($"process {Environment.ProcessId}.", refusal.Message, StringComparison.Ordinal);
            }

            await using var next = await StartAsync(lockFile);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Reaper_ends_everything_after_its_host_was_killed()
    {
        // A host of bash, since a test cannot kill its own: it starts the reaper as Reaper does, then a child that obeys, one
        // that does not, and one that has ended, and prints their pids.
        const string host = """
            exec {pipe}> >(exec setsid bash -ps -- test "$1/lock" $$ 1 1)
            cat >&$pipe
            start() { setsid bash -c "$1" {pipe}>&- >/dev/null & echo "start $! 15" >&$pipe; echo $!; }
            mkdir "$1/temporary"
            echo "folder $1/temporary" >&$pipe
            start 'sleep 1000'
            start 'trap "" TERM; while :; do sleep 0.05; done'
            start true
            wait
            """;
        var folder = Directory.CreateTempSubdirectory("pulseboard-reaper-");
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", host, "host", folder.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using (var script = typeof(ChildProcesses).Assembly.GetManifestResourceStream("reaper.sh")!)
            {
                await script.CopyToAsync(process.StandardInput.BaseStream);
            }

            process.StandardInput.Close();
            var pids = new List<int>();
            var ready = false;
            // Only a reaper that holds the lock reaps: the next host would otherwise get it first.
            while (pids.Count < 3 || !ready)
            {
                var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
                Assert.NotNull(line);
                ready |= line == "ready";
                if (int.TryParse(line, CultureInfo.InvariantCulture, out var pid))
                {
                    pids.Add(pid);
                }
            }

            process.Kill();

            // The next host over the same data starts when the last child has gone.
            await using var next = await StartAsync(Path.Combine(folder.FullName, "lock"));
            foreach (var pid in pids)
            {
                await GoneAsync(pid);
            }

            Assert.False(Directory.Exists(Path.Combine(folder.FullName, "temporary")));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    private static ProcessSpec Stubborn => Bash("trap '' TERM; echo ready; while :; do sleep 0.05; done");

    private static ProcessSpec Bash(string script) =>
        new() { Name = "test", FileName = "bash", Arguments = ["-c", script], WorkingDirectory = "/" };

    private static Task<ChildProcesses> StartAsync(string? lockFile = null) =>
        ChildProcesses.StartAsync(lockFile, Limit, onWaiting: () => { }, CancellationToken.None);

    private static string? LinkTarget(ChildProcess child, int file) =>
        new FileInfo($"/proc/{child.Id}/fd/{file}").LinkTarget;

    private static HashSet<string> OpenFiles(string process) =>
        [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).OfType<string>()];

    private static async Task GoneAsync(int pid)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (IsAlive(pid))
        {
            Assert.False(limit.IsCancellationRequested, $"Process {pid} still runs.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Keep(string line, bool isError)
    {
        _output.Enqueue((line, isError));
        _firstLine.TrySetResult();
    }
}
