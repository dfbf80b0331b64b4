using System.Diagnostics;
using Npgsql;

namespace PulseBoard.Bench.Faults;

/// <summary>Waits on conditions; each has a limit, and says what it waited for.</summary>
internal static class Waiting
{
    /// <summary>The limit where nothing unusual is waited for: generous, since it is reached only when something is wrong.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until it is true.</summary>
    /// <param name="what">What is waited for, as in "the queue to be empty".</param>
    /// <param name="isTrue">Whether it is; a server that is away counts as not yet.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">The limit was reached.</exception>
    public static async Task<TimeSpan> UntilAsync(string what, Func<Task<bool>> isTrue, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var reason = "it was not so";
            try
            {
                if (await isTrue())
                {
                    return Stopwatch.GetElapsedTime(started);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or HttpRequestException or IOException or TaskCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reason = exception.Message;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0} s for {what}: {reason}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}}, TimeSpan, CancellationToken)" />
    public static Task<TimeSpan> UntilAsync(string what, Func<Task<bool>> isTrue, CancellationToken cancellationToken) =>
        UntilAsync(what, isTrue, DefaultLimit, cancellationToken);

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}}, TimeSpan, CancellationToken)" />
    public static Task<TimeSpan> UntilAsync(string what, Func<bool> isTrue, TimeSpan limit, CancellationToken cancellationToken) =>
        UntilAsync(what, () => Task.FromResult(isTrue()), limit, cancellationToken);
}
