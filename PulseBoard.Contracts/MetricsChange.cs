using System.Globalization;

namespace PulseBoard.Contracts;

/// <summary>
/// What changed, so that who read before knows whether that is stale. It never says less than what changed; where it is not known
/// it says more. Changes add up with <see cref="Merge"/>.
/// </summary>
/// <param name="Kinds">What kinds of change these are.</param>
/// <param name="From">The first instant of the time that is touched, in UTC; null where all time may be.</param>
/// <param name="To">The end of that time, in UTC, itself not touched; null where all time may be.</param>
/// <param name="Events">
/// How many events were counted; null where that is not known. Some may be told twice, since a change is told until that has
/// certainly worked.
/// </param>
public sealed record MetricsChange(MetricsChangeKinds Kinds, DateTimeOffset? From, DateTimeOffset? To, long? Events)
{
    private const string KindsToken = "kinds=";
    private const string FromToken = "from=";
    private const string ToToken = "to=";
    private const string EventsToken = "events=";
    private const char KindSeparator = ',';

    private static readonly (MetricsChangeKinds Kind, string Name)[] Names =
    [
        (MetricsChangeKinds.Events, "events"),
        (MetricsChangeKinds.People, "people"),
        (MetricsChangeKinds.Recomputation, "recomputation"),
    ];

    /// <summary>Nothing changed.</summary>
    public static MetricsChange Nothing { get; } = new(MetricsChangeKinds.None, null, null, 0);

    /// <summary>Whatever was read may be stale: what is known no better.</summary>
    public static MetricsChange Everything { get; } = new(MetricsChangeKinds.All, null, null, null);

    /// <summary>People or teams were written: their names and memberships apply to all of history.</summary>
    public static MetricsChange People { get; } = new(MetricsChangeKinds.People, null, null, 0);

    /// <summary>The names of the kinds, as they are on the wire: <c>events</c>, <c>people</c>, <c>recomputation</c>.</summary>
    public IReadOnlyList<string> KindNames => [.. Names.Where(name => Kinds.HasFlag(name.Kind)).Select(name => name.Name)];

    /// <summary>Events were counted.</summary>
    /// <param name="events">How many; null where that is not known.</param>
    /// <param name="from">The beginning of the first quarter hour that has one of them; null where that is not known.</param>
    /// <param name="to">The end of the last quarter hour that has one of them; null where that is not known.</param>
    public static MetricsChange Counted(long? events, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        new(MetricsChangeKinds.Events, from, to, events);

    /// <summary>Rollups were computed again.</summary>
    /// <param name="day">The day, in UTC; null where it is not known, or where it was several.</param>
    public static MetricsChange Recomputed(DateOnly? day) =>
        day is { } known && new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) is var start
            ? new(MetricsChangeKinds.Recomputation, start, start.AddDays(1), 0)
            : new(MetricsChangeKinds.Recomputation, null, null, 0);

    /// <summary>Both changes as one: the kinds of both, the time from the first to the last, and the events together.</summary>
    public MetricsChange Merge(MetricsChange other)
    {
        if (Kinds == MetricsChangeKinds.None || other.Kinds == MetricsChangeKinds.None)
        {
            return Kinds == MetricsChangeKinds.None ? other : this;
        }

        // Comparing with null gives false, so that null, which is all time, comes out on either side.
        return new(
            Kinds | other.Kinds,
            From is null || From < other.From ? From : other.From,
            To is null || To > other.To ? To : other.To,
            Events + other.Events);
    }

    /// <summary>Reads the tokens that <see cref="AppendTo"/> wrote.</summary>
    /// <param name="tokens">Among others, which a newer service may have added.</param>
    /// <returns>Everything, where there is no kind among them, or one that is not known here.</returns>
    internal static MetricsChange Parse(IReadOnlyList<string> tokens)
    {
        var kinds = MetricsChangeKinds.None;
        foreach (var word in Find(tokens, KindsToken)?.Split(KindSeparator) ?? [])
        {
            var kind = Names.FirstOrDefault(name => name.Name == word).Kind;
            if (kind == MetricsChangeKinds.None)
            {
                return Everything;
            }

            kinds |= kind;
        }

        if (kinds == MetricsChangeKinds.None)
        {
            return Everything;
        }

        var (from, to) = (ParseInstant(Find(tokens, FromToken)), ParseInstant(Find(tokens, ToToken)));
        var bounded = from < to;
        return new(kinds, bounded ? from : null, bounded ? to : null, ParseNumber(Find(tokens, EventsToken)));
    }

    /// <summary>Writes it as tokens: <c>kinds=events from=1764190800 to=1764191700 events=17</c>, in Unix seconds; what is null is left out.</summary>
    internal void AppendTo(List<string> tokens)
    {
        tokens.Add(KindsToken + string.Join(KindSeparator, KindNames));
        Add(FromToken, From?.ToUnixTimeSeconds());
        Add(ToToken, To?.ToUnixTimeSeconds());
        Add(EventsToken, Events);

        void Add(string token, long? value)
        {
            if (value is { } known)
            {
                tokens.Add(token + known.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static string? Find(IReadOnlyList<string> tokens, string token) =>
        tokens.FirstOrDefault(candidate => candidate.StartsWith(token, StringComparison.Ordinal))?[token.Length..];

    private static long? ParseNumber(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? ParseInstant(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
