using System.Collections.Frozen;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>What an endpoint makes of the filter; made once for each endpoint.</summary>
internal sealed class FilterRules
{
    private readonly FrozenSet<string> _names;
    private readonly string _allowed;

    /// <param name="defaultRange">The range where the request names none.</param>
    /// <param name="usesInterval">Whether the answer has buckets. Where it has not, <c>interval</c> is checked and without effect.</param>
    /// <param name="usesComparison">Whether the answer compares. Where it does not, <c>compare</c> is checked and without effect.</param>
    /// <param name="own">The endpoint's parameters beside those of the filter.</param>
    public FilterRules(DefaultRange defaultRange, bool usesInterval, bool usesComparison, params IReadOnlyList<string> own)
    {
        DefaultRange = defaultRange;
        UsesInterval = usesInterval;
        UsesComparison = usesComparison;
        string[] names = [.. FilterParameters.All.Concat(own).Order(StringComparer.Ordinal)];
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _allowed = string.Join(", ", names);
    }

    public DefaultRange DefaultRange { get; }

    public bool UsesInterval { get; }

    public bool UsesComparison { get; }

    /// <summary>Refuses a request with a parameter that the endpoint does not have, which would otherwise be one without effect.</summary>
    /// <exception cref="ParameterException">There is one.</exception>
    public void RequireKnown(IQueryCollection query) => Parameters.RequireKnown(query, _names, _allowed);
}
