namespace PulseBoard.Dashboard.Answers;

/// <summary>What a request asks, and how it is computed.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="Name">One of this program's own words, such as <c>summary</c>: it is in telemetry and in the names of files.</param>
/// <param name="Key">
/// All that the answer depends on beside the metrics version, in one canonical text, so that those who ask the same get the same
/// answer. It may hold people's names: only its hash leaves the process, and no log or metric has it.
/// </param>
/// <param name="Compute">
/// Asks Postgres. It runs for everybody who asks the same, and may go on when the request that began it has ended: it must not
/// touch the request, and ends with its token.
/// </param>
internal sealed record Question<T>(string Name, string Key, Func<CancellationToken, Task<T>> Compute)
{
    /// <summary>
    /// Whether an expensive answer may be served while the one that follows a change is computed. Not where the change is what
    /// the asker has just written, and reads back.
    /// </summary>
    public bool MayBeBehind { get; init; } = true;
}
