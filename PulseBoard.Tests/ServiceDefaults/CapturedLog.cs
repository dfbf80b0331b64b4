using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Tests.ServiceDefaults;

/// <summary>Everything that is logged, at every level, with every value and exception.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _entries = new();

    public string Text => string.Join('\n', _entries);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            entries.Enqueue($"{category} scope {Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue($"{category} {formatter(state, exception)} {Values(state)} {exception}");

        private static string Values(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : $"{state}";
    }
}
