namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>What a span is about, by the semantic conventions that its attributes follow.</summary>
internal static class SpanTypes
{
    public const string Other = "other";

    // The order matters: a model or a broker that is reached by HTTP is no web page.
    private static readonly (string Type, string Prefix)[] Conventions =
    [
        ("genai", "gen_ai."),
        ("database", "db."),
        ("messaging", "messaging."),
        ("cloud", "faas."),
        ("rpc", "rpc."),
        ("http", "http."),
    ];

    public static IEnumerable<string> All => Conventions.Select(convention => convention.Type).Append(Other);

    public static string Of(SpanRecord span)
    {
        foreach (var (type, prefix) in Conventions)
        {
            foreach (var attribute in span.Attributes)
            {
                if (attribute.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return type;
                }
            }
        }

        return Other;
    }
}
