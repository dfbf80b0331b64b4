using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PulseBoard.Contracts;

namespace PulseBoard.Data.Accounting;

/// <summary>
/// What this process counts, kept in Postgres: written every second, as far as it changed, by minute. A graceful stop writes the
/// last of it. A process that is killed loses the counts of its last second and never an event, since events are not counted
/// from here: what is stored, counted, pending and dead is read from the rows themselves. While Postgres is away everything is
/// kept, and written when it is back.
/// </summary>
/// <remarks>Register it with <see cref="PipelineCountsExtensions.AddPipelineCounts"/>, before whatever counts.</remarks>
public sealed partial class PipelineCounts : BackgroundService
{
    // Names are constants of the program, some 30 of them. The limit keeps memory and table bounded should one not be.
    internal const int MaximumNames = 256;

    // So many minutes can wait for Postgres on their own. In a longer absence the last of them takes all the rest, so that the
    // sums stay right and memory stays bounded.
    internal const int MaximumMinutes = 120;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FoldInterval = TimeSpan.FromHours(1);

    // What the host waits for at its end.
    private static readonly TimeSpan LastFlushLimit = TimeSpan.FromSeconds(3);

    // Minutes are for the charts of today, hours for those of the month. A process that alone was cut off from Postgres for as
    // long as that may find its minute folded, and what it had counted in that one minute then stands twice.
    private static readonly (string Unit, TimeSpan After)[] Folds = [("hour", TimeSpan.FromDays(1)), ("day", TimeSpan.FromDays(32))];

    private readonly PipelineCountStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<PipelineCounts> _logger;

    // Grown by whoever counts, read by the flush, which attributes what came since its last look to the present minute. So
    // nobody who counts looks at a clock, takes a lock, or can meet a minute that is just being written.
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    // Touched by one flush at a time only.
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly Dictionary<DateTimeOffset, Dictionary<string, Pending>> _minutes = [];
    private DateTimeOffset _lastMinute;
    private bool _away;

    /// <summary>Begins at nothing; what is counted before the start is kept for it.</summary>
    /// <param name="connections">Connections to the database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where an absence of Postgres is told, once.</param>
    public PipelineCounts(DatabaseConnections connections, TimeProvider time, ILogger<PipelineCounts> logger) =>
        (_store, _time, _logger) = (new(connections), time, logger);

    /// <summary>The process, in <c>pipeline_counts</c>: a version 7 UUID.</summary>
    internal Guid Source { get; } = Guid.CreateVersion7();

    /// <summary>Counts. Costs an addition, takes no lock, never waits and never fails: for the hot path.</summary>
    /// <param name="name">One of <see cref="PipelineCounters"/>.</param>
    /// <param name="value">How many; not negative.</param>
    public void Add(string name, long value = 1) =>
        Interlocked.Add(ref (_counters.TryGetValue(name, out var counter) ? counter : AddCounter(name)).Total, value);

    /// <summary>Stops, and writes what was counted last.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastFlushLimit);
        await TryFlushAsync(limit.Token);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _flushing.Dispose();
        base.Dispose();
    }

    /// <summary>Writes what changed since the last flush that was answered.</summary>
    /// <param name="cancellationToken">Gives up; the next flush writes it again.</param>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            Collect();
            var changed = _minutes
                .SelectMany(minute => minute.Value.Where(entry => entry.Value.Changed).Select(entry => new PipelineCount(minute.Key, entry.Key, entry.Value.Value)))
                .ToArray();
            if (changed.Length > 0)
            {
                using var unrecorded = UnrecordedSpan.Start("save pipeline counts");
                await _store.SaveAsync(Source, changed, cancellationToken);
                Saved();
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Folds what is old, unless another process is at it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task FoldAsync(CancellationToken cancellationToken)
    {
        using var unrecorded = UnrecordedSpan.Start("fold pipeline counts");
        foreach (var (unit, after) in Folds)
        {
            await _store.FoldAsync(unit, _time.GetUtcNow() - after, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? foldedAt = null;
        using var timer = new PeriodicTimer(FlushInterval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await TryFlushAsync(stoppingToken) && (foldedAt is not { } last || _time.GetElapsedTime(last) >= FoldInterval))
            {
                foldedAt = _time.GetTimestamp();
                await TryFoldAsync(stoppingToken);
            }
        }
    }

    private Counter AddCounter(string name)
    {
        var fits = _counters.Count < MaximumNames && name.Length <= PipelineCounters.NameLength;
        return _counters.GetOrAdd(fits ? name : PipelineCounters.Other, _ => new());
    }

    private void Collect()
    {
        // A clock that is set back makes no new minutes out of old ones.
        var now = _time.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        if (minute > _lastMinute && _minutes.Count < MaximumMinutes)
        {
            _lastMinute = minute;
        }

        foreach (var (name, counter) in _counters)
        {
            var total = Interlocked.Read(ref counter.Total);
            if (total == counter.Collected)
            {
                continue;
            }

            if (!_minutes.TryGetValue(_lastMinute, out var entries))
            {
                _minutes[_lastMinute] = entries = new(StringComparer.Ordinal);
            }

            if (!entries.TryGetValue(name, out var entry))
            {
                entries[name] = entry = new();
            }

            (entry.Value, entry.Changed) = (entry.Value + total - counter.Collected, true);
            counter.Collected = total;
        }
    }

    private void Saved()
    {
        foreach (var minute in _minutes.Keys.Where(minute => minute != _lastMinute).ToArray())
        {
            _minutes.Remove(minute);
        }

        foreach (var entry in _minutes.Values.SelectMany(entries => entries.Values))
        {
            entry.Changed = false;
        }
    }

    private async Task<bool> TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
            _away = false;
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason was, the counts are kept and written later; what is counted must not suffer from it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Once for each absence. The error of a stop is no news: the last flush follows.
            if (!_away && !cancellationToken.IsCancellationRequested)
            {
                _away = true;
                LogNotSaved(exception.Message);
            }

            return false;
        }
    }

    private async Task TryFoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FoldAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The next time is soon enough: a fold saves room and changes no sum.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotFolded(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The pipeline's counts cannot be written, and are kept until they can: {Reason}")]
    private partial void LogNotSaved(string reason);

    [LoggerMessage(LogLevel.Warning, "The pipeline's old counts could not be folded: {Reason}")]
    private partial void LogNotFolded(string reason);

    private sealed class Counter
    {
        public long Total;

        // How much of the total stands in the minutes.
        public long Collected;
    }

    private sealed class Pending
    {
        public long Value;

        public bool Changed;
    }
}
