namespace PulseBoard.Dashboard.Answers;

/// <summary>A request that cannot be answered as it stands: it is answered as an error with problem details.</summary>
/// <param name="code">What is wrong, in snake_case; clients rely on it.</param>
/// <param name="field">The parameter at fault, as it is named on the wire.</param>
/// <param name="detail">What is expected, for a person. Never the value that was sent, which may name somebody.</param>
/// <param name="status">The HTTP status; 404 where what was asked about is not there.</param>
internal sealed class ParameterException(string code, string field, string detail, int status = StatusCodes.Status400BadRequest) : Exception(detail)
{
    public string Code { get; } = code;

    public string Field { get; } = field;

    public int Status { get; } = status;
}
