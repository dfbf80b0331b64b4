using System.Runtime.InteropServices;
using Aspire.Dashboard.Telemetry.Traces;

namespace Aspire.Dashboard.Otlp.Reading;

/// <summary>What an export of spans has.</summary>
internal sealed class ReadSpans(int capacity)
{
    private readonly Dictionary<UInt128, int> _notRead = [];

    public List<SpanRecord> Spans { get; } = new(capacity);

    /// <summary>How many were not read, by trace.</summary>
    public IReadOnlyDictionary<UInt128, int> NotRead => _notRead;

    /// <summary>How many are no spans, for they have no id; they are not read either, and belong to no trace.</summary>
    public int Unusable => _notRead.GetValueOrDefault(UInt128.Zero);

    public void Refuse() => Skip(UInt128.Zero);

    public void Skip(UInt128 traceId) => CollectionsMarshal.GetValueRefOrAddDefault(_notRead, traceId, out _)++;
}
