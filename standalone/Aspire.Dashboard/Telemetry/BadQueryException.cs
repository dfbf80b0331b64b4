using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A question that cannot be answered as it stands; it is answered as problem details.</summary>
/// <param name="code">What is wrong, in snake_case.</param>
/// <param name="detail">What is expected, for a person.</param>
/// <param name="status">The HTTP status; 404 where what was asked about is not there.</param>
internal sealed class BadQueryException(string code, string detail, int status = StatusCodes.Status400BadRequest) : Exception(detail)
{
    public string Code => code;

    public int Status => status;
}
