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

/// <summary>The lines that a process writes; the last ones are kept, to be shown when it fails.</summary>
internal sealed class ResourceOutput(string name, IOutputSink sink)
{
    private const int Kept = 20;

    private readonly Queue<string> _last = new(Kept);

    public void Write(string line, bool isError)
    {
        lock (_last)
        {
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(line);
        }

        sink.Write(name, line, isError);
    }

    public IReadOnlyList<string> Last()
    {
        lock (_last)
        {
            return [.. _last];
        }
    }
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
