using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>A batch that could not be counted: an element of <c>GET /api/pipeline/dead</c>, and the body of <c>GET /api/pipeline/dead/{batch_id}</c>.</summary>
/// <param name="BatchId">The batch, a version 7 UUID.</param>
/// <param name="StoredAt">When its events were committed, in UTC.</param>
/// <param name="DeadAt">When it was set aside, in UTC.</param>
/// <param name="DiscardedAt">When somebody gave it up, in UTC; absent while nobody has.</param>
/// <param name="EventCount">How many events it has.</param>
/// <param name="Attempts">How often counting it failed.</param>
/// <param name="Error">The last reason, without what it quotes of the events.</param>
/// <param name="Events">Its first events; absent in a list of batches.</param>
public sealed record PipelineDeadBatch(
    Guid BatchId,
    DateTimeOffset StoredAt,
    DateTimeOffset DeadAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DiscardedAt,
    int EventCount,
    int Attempts,
    string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PipelineDeadEvent>? Events = null);

/// <summary>An event of a batch that could not be counted: what it is found by, and nothing of the person it is about.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When, in UTC.</param>
public sealed record PipelineDeadEvent(Guid EventId, string Type, DateTimeOffset Timestamp);

/// <summary>The body of <c>GET /api/pipeline/dead</c>.</summary>
/// <param name="Batches">The batches that were stored last come first.</param>
/// <param name="Next">The value of <c>before</c> for the page that follows; null on the last one.</param>
public sealed record PipelineDeadPage(IReadOnlyList<PipelineDeadBatch> Batches, Guid? Next);

/// <summary>The body of 202 from a replay.</summary>
/// <param name="Replayed">How many batches are published again.</param>
public sealed record PipelineReplay(int Replayed);
