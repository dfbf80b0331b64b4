namespace PulseBoard.Dashboard.Filtering;

/// <summary>What an endpoint makes of the filter; made once for each endpoint.</summary>
internal sealed class FilterRules
{
    /// <param name="defaultRange">The range where the request names none.</param>
    /// <param name="usesInterval">Whether the answer has buckets. Where it has not, <c>interval</c> is checked and without effect.</param>
    /// <param name="usesComparison">Whether the answer compares. Where it does not, <c>compare</c> is checked and without effect.</param>
    /// <param name="own">The endpoint's parameters beside those of the filter.</param>
    public FilterRules(DefaultRange defaultRange, bool usesInterval, bool usesComparison, params IReadOnlyList<QueryParameter> own)
    {
        DefaultRange = defaultRange;
        UsesInterval = usesInterval;
        UsesComparison = usesComparison;
        All = [.. own, .. FilterParameters.All];
        Parameters = new(All.Select(parameter => parameter.Name));
    }

    public DefaultRange DefaultRange { get; }

    public bool UsesInterval { get; }

    public bool UsesComparison { get; }

    /// <summary>The endpoint's own parameters and the filter's.</summary>
    public IReadOnlyList<QueryParameter> All { get; }

    /// <summary>Their names, to refuse others.</summary>
    public KnownParameters Parameters { get; }
}
