using System.Diagnostics;

namespace PulseBoard.Activity.Publishing;

/// <summary>A batch that is to be published, at once or by the relay.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Commit">The trace of its commit; default where that is not recorded.</param>
internal readonly record struct DueBatch(Guid BatchId, ActivityContext Commit);
