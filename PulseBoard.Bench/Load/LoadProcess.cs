using System.Text.Json;
using PulseBoard.Bench.Processes;

namespace PulseBoard.Bench.Load;

/// <summary>
/// Runs a load in a process of its own, tuned for nothing else: the plan goes in and the result comes out as a line of JSON.
/// </summary>
internal static class LoadProcess
{
    /// <summary>The verb of the process.</summary>
    public const string Verb = "load";

    // Answers are read on the thread that learns of them, which saves a change of threads for each. Safe here, where nothing blocks.
    private static readonly Dictionary<string, string> Tuning = new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
        ["DOTNET_gcConcurrent"] = "0",
    };

    /// <summary>Runs a load in its process.</summary>
    /// <exception cref="BenchmarkException">The process failed.</exception>
    public static async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        await using var process = BenchProcess.Start(Verb, Tuning);
        await process.WriteLineAsync(JsonSerializer.Serialize(plan), cancellationToken);
        return JsonSerializer.Deserialize<LoadResult>(await process.ReadLineAsync(cancellationToken))!;
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> MainAsync()
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(Console.In.ReadLine() ?? throw new BenchmarkException("A load needs a plan."))!;

        using var ended = new CancellationTokenSource();
        var running = LoadRun.RunAsync(plan, ended.Token);
        if (await Task.WhenAny(running, ParentProcess.LeavesAsync()) != running)
        {
            await ended.CancelAsync();
        }

        Console.WriteLine(JsonSerializer.Serialize(await running));
        return 0;
    }
}
