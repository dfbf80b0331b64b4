namespace PulseBoard.Web.Components.Board;

/// <summary>The chart of <c>PeopleChart.razor</c>; here is what the generator of log messages does not see there.</summary>
public partial class PeopleChart
{
    [LoggerMessage(LogLevel.Error, "The chart could not be drawn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
