namespace Aspire.Dashboard.Resources;

/// <summary>The last lines that a process wrote. Its memory is bounded: the oldest lines go, and so does the end of a very long line.</summary>
internal sealed class ConsoleLog(TimeProvider time, int capacity = ConsoleLog.DefaultCapacity)
{
    public const int DefaultCapacity = 10_000;
    public const int MostCharacters = 8_192;

    private readonly Queue<ConsoleLine> _lines = new();
    private long _last;

    /// <summary>The number of the last line; 0 before the first.</summary>
    public long Last => Interlocked.Read(ref _last);

    public void Append(string text, bool isError)
    {
        var kept = text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lines)
        {
            if (_lines.Count == capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(new(Interlocked.Increment(ref _last), at, kept, isError));
        }
    }

    /// <summary>The lines after one, in their order.</summary>
    /// <param name="number">The number of the last line that is known; 0: none.</param>
    public IReadOnlyList<ConsoleLine> After(long number)
    {
        lock (_lines)
        {
            // Who follows it asks ten times a second, mostly for nothing: that must not go through all of them.
            var missed = (int)Math.Clamp(_last - number, 0, _lines.Count);
            return missed == 0 ? [] : [.. _lines.Skip(_lines.Count - missed)];
        }
    }

    /// <summary>The last lines, at most so many.</summary>
    public IReadOnlyList<ConsoleLine> Tail(int count) => After(Math.Max(0, Last - count));
}

/// <summary>A line of a console, with the escapes that colour it.</summary>
/// <param name="N">Its number, from 1.</param>
/// <param name="At">When it was written, in milliseconds since the Unix epoch.</param>
/// <param name="Text">The line.</param>
/// <param name="Error">Whether it went to standard error.</param>
internal sealed record ConsoleLine(long N, long At, string Text, bool Error);
