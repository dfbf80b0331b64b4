using System.Diagnostics;
using System.Reflection;

namespace PulseBoard.Bench.Processes;

/// <summary>This program once more, in a process of its own that does one thing. It ends with its input, and so with its parent.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _verb;

    private BenchProcess(Process process, string verb) => (_process, _verb) = (process, verb);

    /// <summary>Starts the process.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="environment">Settings of its own.</param>
    public static BenchProcess Start(string verb, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll");
        var start = new ProcessStartInfo("dotnet", [program, verb]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start) ?? throw new BenchmarkException($"'{verb}' did not start."), verb);
    }

    public async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>The next line of its output.</summary>
    /// <exception cref="BenchmarkException">It ended instead.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new BenchmarkException($"The process '{_verb}' ended without a result.");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
