using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Bench.Systems;

/// <summary>Writes what each resource logs to a file of its own, for who looks for the reason of a failure.</summary>
internal sealed class ResourceLogFiles(string folder) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, Lazy<StreamWriter>> _files = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName)
    {
        // The host gives the lines of a resource the category "<application>.Resources.<resource>".
        const string Resources = ".Resources.";
        var at = categoryName.IndexOf(Resources, StringComparison.Ordinal);
        var name = at < 0 ? "host" : categoryName[(at + Resources.Length)..];
        return new FileLogger(_files.GetOrAdd(name, _ => new(() => Open(name))));
    }

    public void Dispose()
    {
        foreach (var file in _files.Values.Where(file => file.IsValueCreated))
        {
            lock (file)
            {
                file.Value.Dispose();
            }
        }
    }

    private StreamWriter Open(string name)
    {
        Directory.CreateDirectory(folder);
        return new StreamWriter(Path.Combine(folder, $"{name}.log")) { AutoFlush = true };
    }

    private sealed class FileLogger(Lazy<StreamWriter> file) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (file)
            {
                try
                {
                    file.Value.WriteLine(formatter(state, exception));
                }
                catch (ObjectDisposedException)
                {
                    // The last words of a host that is being disposed of.
                }
            }
        }
    }
}
