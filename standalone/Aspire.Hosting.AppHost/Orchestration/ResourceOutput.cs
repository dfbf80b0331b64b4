using Aspire.Dashboard.Resources;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Standalone;

/// <summary>Where the lines that the processes and the host write go.</summary>
internal interface IOutputSink
{
    /// <summary>Writes a line of a process.</summary>
    void Write(string name, string line, bool isError);

    /// <summary>Writes a line of the host's own.</summary>
    void WriteLine(string line);
}

/// <summary>The lines that a process writes; the last ones are kept, to be looked at, and to be shown when it fails.</summary>
internal sealed class ResourceOutput(string name, IOutputSink sink, TimeProvider time)
{
    private const int ShownOnFailure = 20;

    /// <summary>What stands before its lines.</summary>
    public string Name { get; } = name;

    public ConsoleLog Log { get; } = new(time);

    public void Write(string line, bool isError)
    {
        Log.Append(line, isError);
        sink.Write(Name, line, isError);
    }

    public IReadOnlyList<string> Last() => [.. Log.Tail(ShownOnFailure).Select(line => line.Text)];
}

/// <summary>Hands the lines to the host's log, one category per resource, so that a test can capture them.</summary>
internal sealed partial class LoggerSink(ILoggerFactory loggers, string applicationName) : IOutputSink
{
    public void Write(string name, string line, bool isError)
    {
        var logger = loggers.CreateLogger($"{applicationName}.Resources.{name}");
        if (isError)
        {
            LogError(logger, line);
        }
        else
        {
            LogOutput(logger, line);
        }
    }

    public void WriteLine(string line) => LogOutput(loggers.CreateLogger(applicationName), line);

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogOutput(ILogger logger, string line);

    [LoggerMessage(LogLevel.Error, "{Line}")]
    private static partial void LogError(ILogger logger, string line);
}
