using System.Globalization;
using System.Runtime.InteropServices;

namespace PulseBoard.Bench.Systems;

/// <summary>Processes of this machine by parent and child, and the signals that hold them. Linux only.</summary>
internal static class ProcessTree
{
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>Every process that a process has started, and those that these have started.</summary>
    public static IEnumerable<int> Below(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .ToLookup(ParentOf);
        var waiting = new Queue<int>([root]);
        while (waiting.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                yield return child;
                waiting.Enqueue(child);
            }
        }
    }

    /// <summary>Holds a process; does nothing when it has ended.</summary>
    public static void Suspend(int pid) => _ = Kill(pid, Stop);

    /// <summary>Lets a process go on; does nothing when it has ended.</summary>
    public static void Resume(int pid) => _ = Kill(pid, Continue);

    private static int ParentOf(int pid)
    {
        try
        {
            // 1234 (the name) S 1 …: the name may have anything in it, and ends with the last parenthesis.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended.
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
