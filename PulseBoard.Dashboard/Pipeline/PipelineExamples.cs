using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>What is sent and answered about the pipeline, for the API's description.</summary>
internal static class PipelineExamples
{
    private const int Minutes = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 42, 10, TimeSpan.Zero);

    // One every few minutes, as on a Sunday.
    private static readonly long[] Accepted = [.. Enumerable.Range(0, Minutes).Select(minute => (long)(minute % 9 == 0 ? 2 : minute % 4 == 0 ? 1 : 0))];
    private static readonly long[] Quiet = new long[Minutes];

    public static PipelineStatus Status { get; } = new(
        Now,
        Since: new(2024, 3, 4, 0, 0, 0, TimeSpan.Zero),
        new(
            Received: 46_634,
            Accepted: 46_565,
            Duplicates: 57,
            Rejected: 12,
            RejectedByCode: new Dictionary<string, long> { ["not_timestamp"] = 5, ["required"] = 7 },
            Stored: 46_565,
            Counted: 46_562,
            Pending: 2,
            Dead: 1,
            Discarded: 0),
        new(Committed: 41_210, MeanSize: 1.1313, MeanCommitSeconds: 0.0034),
        new(Confirmed: 41_203, Failed: 9, Dropped: 0, Relayed: 7),
        new(PendingBatches: 1, PendingEvents: 2, OldestPendingSeconds: 0.21, DeadBatches: 1, DeadEvents: 1, DiscardedBatches: 0, DiscardedEvents: 0),
        new(Events: 46_562, Batches: 41_208, Repeated: 4, Failed: 6, LagSeconds: 0.082, NewestReceivedAt: Now.AddSeconds(-3), NewestAgeSeconds: 3),
        new(PipelineBroker.Up, Ready: 0, Consumers: 2),
        new(Hits: 9_120, Misses: 812, Errors: 3, Stale: 65, HitRatio: 0.9185),
        new(CheckedAt: Now.AddMinutes(-4), Complete: false, Days: 3, Events: 158, Drift: 0),
        new(new(2026, 11, 22, 16, 43, 0, TimeSpan.Zero), Accepted, Quiet, Quiet, Accepted));

    public static PipelineDeadBatch DeadBatch { get; } = new(
        Guid.Parse("019a9fd2-4e0b-7c44-8f1d-52b7a9e6d310"),
        StoredAt: Now.AddHours(-6),
        DeadAt: Now.AddHours(-6).AddSeconds(41),
        DiscardedAt: null,
        EventCount: 1,
        Attempts: 5,
        "22003: integer out of range",
        [new(Guid.Parse("019a9fd2-4e07-7b12-93c8-0e5a6f4d1b27"), ActivityTypes.TaskCreated, Now.AddHours(-6).AddSeconds(-1))]);

    public static PipelineDeadPage DeadPage { get; } = new([DeadBatch with { Events = null }], Next: null);

    public static PipelineReplay Replay { get; } = new(1);

    public static PipelineReplay ReplayAll { get; } = new(3);

    public static RecomputationRequest RecomputationRequest { get; } = new(new(2026, 11, 16), new(2026, 11, 22));

    public static Recomputation Requested { get; } = new(
        Guid.Parse("019aa0f4-90aa-7e6d-b3f2-7a1c0d5e8f46"),
        RecomputationRequest.From,
        RecomputationRequest.To,
        RecomputationStatus.Requested,
        Now,
        DaysDone: 0,
        Days: 7,
        RowsChanged: 0);

    public static Recomputation Done { get; } = Requested with
    {
        Status = RecomputationStatus.Done,
        DaysDone = 7,
        StartedAt = Now.AddSeconds(1),
        FinishedAt = Now.AddSeconds(9),
    };

    public static Recomputation[] Recomputations { get; } = [Done];
}
