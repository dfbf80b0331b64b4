namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>Buckets with given bounds: each holds what is above its lower and not above its upper one.</summary>
/// <param name="bounds">The bounds, ascending.</param>
/// <param name="counts">One count more than bounds, or none.</param>
internal sealed class ExplicitBuckets(double[] bounds, ulong[] counts) : Buckets
{
    private readonly double[] _bounds = bounds;
    private readonly ulong[] _counts = counts;

    public override Buckets? Since(Buckets earlier)
    {
        if (earlier is not ExplicitBuckets { } before || !HasBoundsOf(before) || before._counts.Length != _counts.Length)
        {
            return null;
        }

        var difference = new ulong[_counts.Length];
        for (var index = 0; index < difference.Length; index++)
        {
            if (_counts[index] < before._counts[index])
            {
                return null;
            }

            difference[index] = _counts[index] - before._counts[index];
        }

        return new ExplicitBuckets(before._bounds, difference);
    }

    public override Buckets SharingWith(Buckets? earlier) =>
        earlier is ExplicitBuckets { } before && HasBoundsOf(before) ? new ExplicitBuckets(before._bounds, _counts) : this;

    public override void AddTo(Distribution distribution, double weight)
    {
        for (var index = 0; index < _counts.Length && _bounds.Length > 0; index++)
        {
            if (_counts[index] > 0)
            {
                // The outer buckets have one bound: the first is taken to begin at zero, and nothing is known beyond the last.
                var lower = index > 0 ? _bounds[index - 1] : Math.Min(0, _bounds[0]);
                var upper = index < _bounds.Length ? _bounds[index] : _bounds[^1];
                distribution.Add(lower, upper, _counts[index] * weight);
            }
        }
    }

    private bool HasBoundsOf(ExplicitBuckets other) => ReferenceEquals(_bounds, other._bounds) || _bounds.AsSpan().SequenceEqual(other._bounds);
}
