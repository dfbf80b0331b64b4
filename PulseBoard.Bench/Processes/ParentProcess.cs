namespace PulseBoard.Bench.Processes;

/// <summary>Who started this process, as <see cref="BenchProcess"/>.</summary>
internal static class ParentProcess
{
    /// <summary>Ends when the parent closes this process's input, which its own end does too.</summary>
    public static Task LeavesAsync() => Task.Run(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }
    });
}
