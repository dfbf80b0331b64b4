namespace PulseBoard.Dashboard.Filtering;

/// <summary>What an endpoint makes of the filter; made once for each endpoint.</summary>
internal sealed class FilterRules
{
    /// <param name="defaultRange">The range where the request names none.</param>
    /// <param name="usesInterval">Whether the answer has buckets. Where it has not, <c>interval</c> is checked and without effect.</param>
    /// <param name="usesComparison">Whether the answer compares. Where it does not, <c>compare</c> is checked and without effect.</param>
    /// <param name="own">The endpoint's parameters beside those of the filter.</param>
    public FilterRules(DefaultRange defaultRange, bool usesInterval, bool usesComparison, params IReadOnlyList<string> own)
    {
        DefaultRange = defaultRange;
        UsesInterval = usesInterval;
        UsesComparison = usesComparison;
        Parameters = new(FilterParameters.All.Concat(own));
    }

    public DefaultRange DefaultRange { get; }

    public bool UsesInterval { get; }

    public bool UsesComparison { get; }

    /// <summary>The filter's parameters and the endpoint's own.</summary>
    public KnownParameters Parameters { get; }
}
