using System.Diagnostics;

namespace PulseBoard.Tests;

/// <summary>Waits on conditions: each wait has a limit, and says what it waited for when the limit is reached.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The limit of waits that need nothing unusual: generous, since it is reached only by a failing test.</summary>
    public static TimeSpan DefaultLimit => TimeSpan.FromSeconds(60);

    /// <summary>Reads until the value is as expected.</summary>
    /// <param name="waitingFor">What the test waits for, as in "the event to be counted".</param>
    /// <param name="read">Reads the present value; what it throws counts as not yet.</param>
    /// <param name="until">Whether the value is as expected.</param>
    /// <param name="limit">The limit, or null for the default.</param>
    /// <exception cref="TimeoutException">The limit was reached.</exception>
    public static async Task<T> BecomesAsync<T>(string waitingFor, Func<Task<T>> read, Func<T, bool> until, TimeSpan? limit = null)
    {
        var started = Stopwatch.GetTimestamp();
        var bound = limit ?? DefaultLimit;
        while (true)
        {
            object? last;
            try
            {
                var value = await read();
                if (until(value))
                {
                    return value;
                }

                last = value;
            }
            catch (Exception exception) when (exception is HttpRequestException or Npgsql.NpgsqlException or IOException)
            {
                last = exception.Message;
            }

            if (Stopwatch.GetElapsedTime(started) > bound)
            {
                throw new TimeoutException($"Waited {bound.TotalSeconds:0} s for {waitingFor}; the last that was seen: {last}");
            }

            await Task.Delay(Pause);
        }
    }
}
