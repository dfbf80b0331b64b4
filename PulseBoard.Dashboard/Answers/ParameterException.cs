namespace PulseBoard.Dashboard.Answers;

/// <summary>A parameter of the request is at fault: it is answered as 400 with problem details.</summary>
/// <param name="code">What is wrong, in snake_case; clients rely on it.</param>
/// <param name="field">The parameter, as it is named on the wire.</param>
/// <param name="detail">What was expected, for a person.</param>
internal sealed class ParameterException(string code, string field, string detail) : Exception(detail)
{
    public string Code { get; } = code;

    public string Field { get; } = field;
}
