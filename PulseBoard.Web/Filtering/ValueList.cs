using System.Collections;

namespace PulseBoard.Web.Filtering;

/// <summary>Different values in the order in which they were chosen, compared by what they are.</summary>
internal sealed class ValueList : IReadOnlyList<string>, IEquatable<ValueList>
{
    private readonly string[] _values;

    private ValueList(string[] values) => _values = values;

    public static ValueList Empty { get; } = new([]);

    public int Count => _values.Length;

    public string this[int index] => _values[index];

    public static ValueList Of(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal)]);

    /// <summary>With a value that is not there, or without one that is.</summary>
    public ValueList Toggle(string value) =>
        new(_values.Contains(value, StringComparer.Ordinal) ? [.. _values.Where(other => other != value)] : [.. _values, value]);

    public IEnumerator<string> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueList? other) => other is not null && _values.SequenceEqual(other._values, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ValueList);

    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);
}
