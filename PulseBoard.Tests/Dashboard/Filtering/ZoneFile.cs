using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PulseBoard.Tests.Dashboard.Filtering;

/// <summary>
/// A zone as the system's database has it (RFC 8536), read apart from <see cref="TimeZoneInfo"/>: when its offset changed, and to what.
/// </summary>
internal sealed class ZoneFile
{
    private const string Folder = "/usr/share/zoneinfo";
    private const int HeaderLength = 44;

    private ZoneFile(string id, byte[] file)
    {
        Id = id;
        Content = Convert.ToHexString(SHA256.HashData(file));
        Changes = ReadChanges(file);
    }

    public string Id { get; }

    /// <summary>The same for zones that are one under many names.</summary>
    public string Content { get; }

    /// <summary>Unix seconds, and seconds ahead of UTC from then on; only where the offset became another.</summary>
    public IReadOnlyList<(long At, int Offset)> Changes { get; }

    /// <summary>Every zone of the database.</summary>
    public static IEnumerable<ZoneFile> All()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var id = Path.GetRelativePath(Folder, path);
            if (char.IsAsciiLetterUpper(id[0]) && File.ReadAllBytes(path) is var bytes && bytes.AsSpan().StartsWith("TZif"u8))
            {
                yield return new(id, bytes);
            }
        }
    }

    public int OffsetAt(long seconds) => Changes.LastOrDefault(change => change.At <= seconds, Changes[0]).Offset;

    public override string ToString() => Id;

    private static List<(long At, int Offset)> ReadChanges(ReadOnlySpan<byte> file)
    {
        Assert.True(file[4] >= (byte)'2', "The database has files without 64-bit times.");
        var first = Counts.Read(file);
        var second = file[(HeaderLength + first.Length(4))..];
        var counts = Counts.Read(second);
        var data = second[HeaderLength..];
        var times = data[..(counts.Times * 8)];
        var indexes = data[(counts.Times * 8)..][..counts.Times];
        var types = data[(counts.Times * 9)..][..(counts.Types * 6)];

        var changes = new List<(long, int)> { (long.MinValue, OffsetOf(types, 0)) };
        for (var index = 0; index < counts.Times; index++)
        {
            var offset = OffsetOf(types, indexes[index]);
            if (offset != changes[^1].Item2)
            {
                changes.Add((BinaryPrimitives.ReadInt64BigEndian(times[(index * 8)..]), offset));
            }
        }

        return changes;
    }

    private static int OffsetOf(ReadOnlySpan<byte> types, int index) => BinaryPrimitives.ReadInt32BigEndian(types[(index * 6)..]);

    private readonly record struct Counts(int Utc, int Standard, int Leaps, int Times, int Types, int Characters)
    {
        public static Counts Read(ReadOnlySpan<byte> header)
        {
            Assert.Equal("TZif", Encoding.ASCII.GetString(header[..4]));
            var counts = header[20..HeaderLength];
            return new(
                BinaryPrimitives.ReadInt32BigEndian(counts),
                BinaryPrimitives.ReadInt32BigEndian(counts[4..]),
                BinaryPrimitives.ReadInt32BigEndian(counts[8..]),
                BinaryPrimitives.ReadInt32BigEndian(counts[12..]),
                BinaryPrimitives.ReadInt32BigEndian(counts[16..]),
                BinaryPrimitives.ReadInt32BigEndian(counts[20..]));
        }

        public int Length(int timeBytes) => (Times * (timeBytes + 1)) + (Types * 6) + Characters + (Leaps * (timeBytes + 4)) + Standard + Utc;
    }
}
