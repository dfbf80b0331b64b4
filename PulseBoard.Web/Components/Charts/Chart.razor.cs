namespace PulseBoard.Web.Components.Charts;

/// <summary>The chart of <c>Chart.razor</c>; here is what the generator of log messages does not see there.</summary>
public partial class Chart
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A chart could not be drawn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
