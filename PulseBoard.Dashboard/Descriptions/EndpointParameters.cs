using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Descriptions;

/// <summary>Says which parameters endpoints take.</summary>
internal static class EndpointParameters
{
    /// <summary>The filter and the endpoint's own parameters, with all that can be wrong with them.</summary>
    public static TBuilder WithParameters<TBuilder>(this TBuilder endpoints, FilterRules rules)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(rules).WithProblems(FilterProblems.OfFilters);

    /// <summary>Parameters of a list that has no filter.</summary>
    public static TBuilder WithParameters<TBuilder>(this TBuilder endpoints, IReadOnlyList<QueryParameter> parameters)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new QueryParameters(parameters));

    /// <summary>What stands in the path.</summary>
    public static TBuilder WithPathParameter<TBuilder>(this TBuilder endpoints, PathParameter parameter)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(parameter);
}

/// <summary>Parameters of a query.</summary>
internal sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>A part of a path.</summary>
/// <param name="Name">As it stands in the route.</param>
/// <param name="Description">What it is, for callers.</param>
/// <param name="Example">A value.</param>
/// <param name="MaximumLength">Characters, at most; null for a UUID.</param>
internal sealed record PathParameter(string Name, string Description, string Example, int? MaximumLength = null);
