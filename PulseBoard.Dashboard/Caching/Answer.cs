using System.Buffers.Binary;
using System.Security.Cryptography;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Caching;

/// <summary>An answer of the read API, ready for the wire, and as it lies in Redis: what is said about it, then the body.</summary>
internal sealed class Answer
{
    // When it was computed (Unix milliseconds), what that took (microseconds), both big-endian; the hash of the body.
    private const int CostOffset = sizeof(long);
    private const int HashOffset = 2 * sizeof(long);
    private const int HashLength = 16;
    private const int BodyOffset = HashOffset + HashLength;

    private Answer(byte[] entry)
    {
        Entry = entry;
        ComputedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(entry));
        Cost = TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(CostOffset)));
        ETag = $"\"{Convert.ToHexStringLower(entry, HashOffset, HashLength)}\"";
    }

    /// <summary>All of it, as it lies in Redis.</summary>
    public byte[] Entry { get; }

    /// <summary>The body, UTF-8.</summary>
    public ReadOnlyMemory<byte> Body => Entry.AsMemory(BodyOffset);

    /// <summary>When it was computed, in UTC: what was committed before is in it.</summary>
    public DateTimeOffset ComputedAt { get; }

    /// <summary>How long that took.</summary>
    public TimeSpan Cost { get; }

    /// <summary>The body's name, in quotes: another body has another one.</summary>
    public string ETag { get; }

    /// <summary>An answer that was just computed.</summary>
    /// <param name="body">Is copied.</param>
    /// <param name="computedAt">When computing it began.</param>
    /// <param name="cost">How long it took.</param>
    public static Answer Of(ReadOnlySpan<byte> body, DateTimeOffset computedAt, TimeSpan cost)
    {
        var entry = new byte[BodyOffset + body.Length];
        BinaryPrimitives.WriteInt64BigEndian(entry, computedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(CostOffset), (long)cost.TotalMicroseconds);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        hash[..HashLength].CopyTo(entry.AsSpan(HashOffset));
        body.CopyTo(entry.AsSpan(BodyOffset));
        return new(entry);
    }

    /// <summary>An answer from Redis.</summary>
    /// <returns>Null when it is none.</returns>
    public static Answer? TryRead(byte[]? entry) => entry is { Length: >= BodyOffset } ? new(entry) : null;
}

/// <summary>An answer, and where it came from for one request.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Status">Where it came from: <see cref="CacheStatus"/>.</param>
internal readonly record struct ServedAnswer(Answer Answer, string Status);

/// <summary>What an answer is found by in this process.</summary>
/// <param name="Name">The question's name.</param>
/// <param name="Key">All that it depends on.</param>
/// <param name="Format">How the answer is written.</param>
internal readonly record struct AnswerKey(string Name, string Key, AnswerFormat Format);
