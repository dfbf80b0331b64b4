namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>Buckets whose bounds are powers of 2^(2^-scale): the one at index i holds what is above base^i and not above base^(i+1).</summary>
internal sealed class ExponentialBuckets(
    int scale, ulong zeroCount, double zeroThreshold, ExponentialBuckets.Side positive, ExponentialBuckets.Side negative) : Buckets
{
    private readonly int _scale = scale;
    private readonly ulong _zeroCount = zeroCount;
    private readonly Side _positive = positive;
    private readonly Side _negative = negative;

    public override Buckets? Since(Buckets earlier)
    {
        if (earlier is not ExponentialBuckets before || _zeroCount < before._zeroCount)
        {
            return null;
        }

        // A recorder makes its buckets coarser when values spread: the finer ones are merged to compare them.
        var common = Math.Min(_scale, before._scale);
        var positive = _positive.Coarser(_scale - common).Since(before._positive.Coarser(before._scale - common));
        var negative = _negative.Coarser(_scale - common).Since(before._negative.Coarser(before._scale - common));
        return positive is null || negative is null
            ? null
            : new ExponentialBuckets(common, _zeroCount - before._zeroCount, zeroThreshold, positive, negative);
    }

    public override void AddTo(Distribution distribution, double weight)
    {
        if (_zeroCount > 0)
        {
            distribution.Add(_negative.IsEmpty ? 0 : -zeroThreshold, zeroThreshold, _zeroCount * weight);
        }

        foreach (var (index, count) in _positive.Counted)
        {
            distribution.Add(Bound(index), Bound(index + 1), count * weight);
        }

        foreach (var (index, count) in _negative.Counted)
        {
            distribution.Add(-Bound(index + 1), -Bound(index), count * weight);
        }
    }

    private double Bound(long index) => Math.Min(Math.Pow(2, index * Math.Pow(2, -_scale)), double.MaxValue);

    /// <summary>The buckets on one side of zero.</summary>
    /// <param name="offset">The index of the first.</param>
    /// <param name="counts">The counts.</param>
    internal sealed class Side(long offset, ulong[] counts)
    {
        public static readonly Side Empty = new(0, []);

        private readonly long _offset = offset;
        private readonly ulong[] _counts = counts;

        public bool IsEmpty => Array.TrueForAll(_counts, count => count == 0);

        public IEnumerable<(long Index, ulong Count)> Counted =>
            _counts.Select((count, place) => (_offset + place, count)).Where(counted => counted.count > 0);

        /// <summary>With 2^steps buckets merged into one.</summary>
        public Side Coarser(int steps)
        {
            if (steps == 0 || _counts.Length == 0)
            {
                return this;
            }

            var first = _offset >> steps;
            var merged = new ulong[((_offset + _counts.Length - 1) >> steps) - first + 1];
            for (var place = 0; place < _counts.Length; place++)
            {
                merged[((_offset + place) >> steps) - first] += _counts[place];
            }

            return new(first, merged);
        }

        public Side? Since(Side earlier)
        {
            var difference = (ulong[])_counts.Clone();
            foreach (var (index, count) in earlier.Counted)
            {
                var place = index - _offset;
                if (place < 0 || place >= difference.Length || difference[place] < count)
                {
                    return null;
                }

                difference[place] -= count;
            }

            return new(_offset, difference);
        }
    }
}
