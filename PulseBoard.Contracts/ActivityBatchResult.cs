using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>What became of one event of a batch.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="EventId">Its id: the client's, or the one made for it; null where it was rejected and has none that can be read.</param>
/// <param name="Status"><see cref="Accepted"/>, <see cref="Duplicate"/> or <see cref="Rejected"/>.</param>
/// <param name="Code">Why it was rejected, as in the problem details of a single event; absent otherwise.</param>
/// <param name="Detail">The same for a person.</param>
/// <param name="Field">The field at fault, where it is one.</param>
public sealed record ActivityBatchResult(
    int Index,
    Guid? EventId,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null)
{
    /// <summary>It is stored.</summary>
    public const string Accepted = "accepted";

    /// <summary>An event of this id was stored before; this one changed nothing.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>It is not stored. Whether sending it again helps, its code says.</summary>
    public const string Rejected = "rejected";
}
