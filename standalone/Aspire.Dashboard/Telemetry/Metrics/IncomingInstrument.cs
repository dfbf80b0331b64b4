namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>What an export says of an instrument.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit, or empty.</param>
/// <param name="Description">What it measures, or empty.</param>
/// <param name="Kind">How it measures.</param>
/// <param name="IsDelta">Whether a point tells what came since the last one; else what came since the start.</param>
/// <param name="Points">Its points.</param>
internal sealed record IncomingInstrument(
    string Meter, string Name, string Unit, string Description, InstrumentKind Kind, bool IsDelta, IReadOnlyList<IncomingPoint> Points);

/// <summary>A point as it was sent.</summary>
/// <param name="Attributes">Which stream of the instrument it belongs to.</param>
/// <param name="Start">Since when it counts; zero where that is not said.</param>
/// <param name="Time">When it was taken.</param>
/// <param name="Value">The value, or the count of a histogram.</param>
/// <param name="Buckets">The buckets of a histogram.</param>
internal readonly record struct IncomingPoint(AttributeSet Attributes, long Start, long Time, double Value, Buckets? Buckets);
