namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>What an instrument measures; the names are those of the wire, in camel case.</summary>
internal enum InstrumentKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A sum that grows and shrinks.</summary>
    UpDownCounter,

    /// <summary>A value as it was last.</summary>
    Gauge,

    /// <summary>Counts in buckets with given bounds.</summary>
    Histogram,

    /// <summary>Counts in buckets whose bounds are powers of a base.</summary>
    ExponentialHistogram,
}
