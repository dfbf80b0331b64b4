using System.Buffers.Binary;
using System.Collections.Concurrent;
using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Aspire.Dashboard.Otlp.Reading;

/// <summary>Reads what all items have: who sent them, and attributes. Texts are cut to what is kept, and those that repeat shared.</summary>
internal sealed class ItemReader(TelemetryLimits limits)
{
    private const string ServiceName = "service.name";
    private const string ServiceInstance = "service.instance.id";

    // As the specification names one that does not name itself.
    private const string UnknownService = "unknown_service";

    // Sharing is a matter of memory, not of meaning: with more than this the senders are a flood, and it begins anew.
    private const int MostShared = 1_000;

    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;
    private const char Ellipsis = '…';

    private readonly TextPool _texts = new();
    private readonly ConcurrentDictionary<(string Name, string? Instance), TelemetryResource> _resources = new();
    private readonly ConcurrentDictionary<string, TelemetryScope> _scopes = new(StringComparer.Ordinal);

    public TelemetryResource Resource(Resource? resource)
    {
        var attributes = resource is null ? [] : Attributes(resource.Attributes);
        var name = Value(attributes, ServiceName) is { Length: > 0 } known ? known : UnknownService;
        var read = new TelemetryResource(name, Value(attributes, ServiceInstance), attributes);
        return Shared(_resources, (read.Name, read.Instance), read, read.Attributes, static resource => resource.Attributes);
    }

    public TelemetryScope Scope(InstrumentationScope? scope)
    {
        var read = scope is null ? new("", []) : new TelemetryScope(Text(scope.Name), Attributes(scope.Attributes));
        return Shared(_scopes, read.Name, read, read.Attributes, static scope => scope.Attributes);
    }

    public TelemetryAttribute[] Attributes(RepeatedField<KeyValue> pairs)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        var attributes = new TelemetryAttribute[Math.Min(pairs.Count, limits.Attributes)];
        for (var index = 0; index < attributes.Length; index++)
        {
            attributes[index] = new(Text(pairs[index].Key), Text(AnyValueText.Of(pairs[index].Value)));
        }

        return attributes;
    }

    /// <summary>A text as long as it is kept.</summary>
    public string Text(string text)
    {
        if (text.Length <= limits.ValueLength)
        {
            return _texts.Share(text);
        }

        // Half of a character beyond the basic plane is none.
        var kept = limits.ValueLength - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept), [Ellipsis]);
    }

    public static string? Value(TelemetryAttribute[] attributes, string key)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key == key)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>An id, or zero where it is none.</summary>
    public static UInt128 TraceId(ByteString id) => id.Length == TraceIdBytes ? BinaryPrimitives.ReadUInt128BigEndian(id.Span) : UInt128.Zero;

    /// <inheritdoc cref="TraceId"/>
    public static ulong SpanId(ByteString id) => id.Length == SpanIdBytes ? BinaryPrimitives.ReadUInt64BigEndian(id.Span) : 0;

    private static T Shared<TKey, T>(
        ConcurrentDictionary<TKey, T> known, TKey key, T read, TelemetryAttribute[] attributes, Func<T, TelemetryAttribute[]> attributesOf)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var before) && attributesOf(before).AsSpan().SequenceEqual(attributes))
        {
            return before;
        }

        if (known.Count >= MostShared)
        {
            known.Clear();
        }

        known[key] = read;
        return read;
    }
}
