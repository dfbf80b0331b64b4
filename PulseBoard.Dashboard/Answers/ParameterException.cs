namespace PulseBoard.Dashboard.Answers;

/// <summary>A request whose query cannot be answered as it stands; becomes a 400 with problem details.</summary>
/// <param name="code">What is wrong, in snake_case; clients rely on it.</param>
/// <param name="field">The parameter at fault, as it is named on the wire.</param>
/// <param name="detail">What is expected, for a person. Never the value that was sent, which may name somebody.</param>
internal sealed class ParameterException(string code, string field, string detail) : Exception(detail)
{
    public string Code { get; } = code;

    public string Field { get; } = field;
}
