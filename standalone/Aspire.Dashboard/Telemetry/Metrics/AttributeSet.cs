namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>Attributes as the name of a stream: in the order of their keys, and hashed once, before the lock is held.</summary>
internal sealed class AttributeSet : IEquatable<AttributeSet>
{
    public static readonly AttributeSet Empty = new([]);

    private readonly int _hash;

    public AttributeSet(TelemetryAttribute[] attributes)
    {
        Attributes = attributes;
        Array.Sort(attributes, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var hash = new HashCode();
        foreach (var attribute in attributes)
        {
            hash.Add(attribute);
        }

        _hash = hash.ToHashCode();
    }

    public TelemetryAttribute[] Attributes { get; }

    /// <summary>The value of a key; empty where there is none.</summary>
    public string Value(string key) => Array.Find(Attributes, attribute => attribute.Key == key).Value ?? "";

    public AttributeSet With(string key, string value) => new([.. Attributes, new(key, value)]);

    public bool Equals(AttributeSet? other) =>
        other is not null && _hash == other._hash && Attributes.AsSpan().SequenceEqual(other.Attributes);

    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    public override int GetHashCode() => _hash;
}
