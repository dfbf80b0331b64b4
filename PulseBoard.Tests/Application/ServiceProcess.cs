using System.Diagnostics;
using System.Globalization;

namespace PulseBoard.Tests.Application;

/// <summary>A service as a deployment runs it: in a process of its own, in the environment Production, with the settings it is given.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private ServiceProcess()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it has written so far, its log above all.</summary>
    public string Output => Text(_output);

    /// <summary>What it has written to its error stream so far.</summary>
    public string Errors => Text(_errors);

    /// <summary>Starts a service on a free port, and waits until it listens.</summary>
    /// <param name="service">Such as <c>Web</c>.</param>
    /// <param name="settings">Its environment variables.</param>
    public static async Task<ServiceProcess> StartAsync(string service, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var process = Launch(service, [], [new("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]);
        try
        {
            var line = await Eventually.BecomesAsync(
                $"{service} to listen", () => Task.FromResult(process.Find(Listening)), found => found is not null || process._process.HasExited);
            Assert.True(line is not null, $"{service} ended: {process.Errors}{process.Output}");
            process.Address = new(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a service that is to end by itself.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string service, string[] arguments, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        await using var process = Launch(service, arguments, settings);
        return (await process.ExitCodeAsync(), process.Output, process.Errors);
    }

    /// <summary>Asks it to stop, as a container runtime does: SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultLimit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ServiceProcess Launch(string service, string[] arguments, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var launched = new ServiceProcess();
        var start = launched._process.StartInfo;
        (start.FileName, start.RedirectStandardOutput, start.RedirectStandardError) = ("dotnet", true, true);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"PulseBoard.{service}.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Whatever the tests themselves run in.
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        launched._process.OutputDataReceived += (_, line) => Add(launched._output, line.Data);
        launched._process.ErrorDataReceived += (_, line) => Add(launched._errors, line.Data);
        launched._process.Start();
        launched._process.BeginOutputReadLine();
        launched._process.BeginErrorReadLine();
        return launched;
    }

    private static void Add(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private static string Text(List<string> lines)
    {
        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }

    private string? Find(string text)
    {
        lock (_output)
        {
            return _output.Find(line => line.Contains(text, StringComparison.Ordinal));
        }
    }
}
