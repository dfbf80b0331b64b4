using System.Runtime.InteropServices;

namespace Aspire.Hosting.Standalone;

/// <summary>Signals to a child and to whatever it started in its group.</summary>
internal static class ProcessGroup
{
    /// <summary>
    /// Sends <paramref name="signal"/> to the group that the process <paramref name="leader"/> leads, or to that process alone
    /// while it has not made its group yet. Does nothing when neither exists.
    /// </summary>
    public static void Send(int leader, Signal signal)
    {
        if (Kill(-leader, (int)signal) != 0)
        {
            _ = Kill(leader, (int)signal);
        }
    }

    /// <summary>Kills what a process that has ended left behind in its group.</summary>
    public static void KillRest(int endedLeader) => _ = Kill(-endedLeader, (int)Signal.Kill);

    // The only errors are "no such process", which is what the caller wants, and "not permitted", which cannot happen to
    // one's own child.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
