using System.Globalization;
using System.Text.Json.Serialization;

namespace PulseBoard.Bench.Load;

/// <summary>What a load measured.</summary>
/// <param name="Duration">The measured time.</param>
/// <param name="Requests">Requests that succeeded in it.</param>
/// <param name="Events">Events that were accepted in it.</param>
/// <param name="Acknowledged">Events that were accepted, the warm-up included: so many must be stored.</param>
/// <param name="P50">Half of the measured requests took no longer.</param>
/// <param name="P95">95 % of them.</param>
/// <param name="P99">99 % of them.</param>
/// <param name="Max">The longest one.</param>
/// <param name="Errors">What went wrong, by name.</param>
/// <param name="GeneratorCores">How many cores the load generator itself was busy on, on average.</param>
internal sealed record LoadResult(
    TimeSpan Duration,
    long Requests,
    long Events,
    long Acknowledged,
    TimeSpan P50,
    TimeSpan P95,
    TimeSpan P99,
    TimeSpan Max,
    IReadOnlyDictionary<string, long> Errors,
    double GeneratorCores)
{
    [JsonIgnore]
    public double EventsPerSecond => Events / Duration.TotalSeconds;

    [JsonIgnore]
    public double RequestsPerSecond => Requests / Duration.TotalSeconds;

    [JsonIgnore]
    public long ErrorCount => Errors.Values.Sum();

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Events > 0 ? EventsPerSecond : RequestsPerSecond),9:N0} {(Events > 0 ? "events/s" : "requests/s")}  p50 {P50.TotalMilliseconds:0.00} ms  p95 {P95.TotalMilliseconds:0.00} ms  p99 {P99.TotalMilliseconds:0.00} ms  max {Max.TotalMilliseconds:0} ms  generator {GeneratorCores:0.00} cores")
        + string.Concat(Errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"  [{error.Value:N0} x {error.Key}]")));
}
