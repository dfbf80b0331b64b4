using OpenTelemetry.Trace;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Records so many new traces a second and no more: at a development machine's pace each one, and under a flood as many as somebody
/// could look at, for a small part of what recording all would cost. What is recorded where it begins is recorded to its end, since
/// what it leads to follows it (<see cref="ParentBasedSampler"/>).
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="tracesPerSecond">How many; what was not used of a second is there in the next.</param>
internal sealed class TraceBudget(TimeProvider time, int tracesPerSecond) : Sampler
{
    private readonly long _interval = time.TimestampFrequency / tracesPerSecond;

    // When the next one would be due if they came evenly: never more than a second behind the clock, and not ahead of it.
    private long _due = long.MinValue;

    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(TryTake() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);

    private bool TryTake()
    {
        var now = time.GetTimestamp();
        while (true)
        {
            var due = Volatile.Read(ref _due);
            var start = Math.Max(due, now - time.TimestampFrequency + _interval);
            if (start > now)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _due, start + _interval, due) == due)
            {
                return true;
            }
        }
    }
}
