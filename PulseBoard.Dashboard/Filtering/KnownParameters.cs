using System.Collections.Frozen;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>The parameters that an endpoint has; made once for each endpoint.</summary>
internal sealed class KnownParameters
{
    private const int LongestQuotedName = 40;

    private readonly FrozenSet<string> _names;
    private readonly string _allowed;

    /// <param name="names">As they are on the wire. Capitals make no other parameter, in a query as ASP.NET Core reads it.</param>
    public KnownParameters(params IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        _names = sorted.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _allowed = sorted.Length == 0 ? "this endpoint has none" : $"it has {string.Join(", ", sorted)}";
    }

    /// <summary>Refuses a query with another parameter, which would have no effect, as nobody means it to.</summary>
    /// <exception cref="ParameterException">It has one.</exception>
    public void Require(IQueryCollection query)
    {
        foreach (var (name, _) in query)
        {
            if (!_names.Contains(name))
            {
                var quoted = Quotable(name);
                throw new ParameterException(ParameterCodes.Unknown, quoted, $"The endpoint has no parameter '{quoted}': {_allowed}.");
            }
        }
    }

    // A name that is sent instead of a parameter's can be anything; what is not part of names of parameters is left out.
    private static string Quotable(string name)
    {
        return string.Create(Math.Min(name.Length, LongestQuotedName), name, (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = char.IsAsciiLetterOrDigit(source[index]) || source[index] is '_' or '-' or '.' ? source[index] : '?';
            }
        });
    }
}
