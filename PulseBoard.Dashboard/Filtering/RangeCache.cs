namespace PulseBoard.Dashboard.Filtering;

/// <summary>
/// The last ranges that were resolved: dashboards ask for the same few again and again, tens of thousands of times a second. Each has
/// one place, which the next with the same hash takes over, so that nothing grows and nobody waits for a lock.
/// </summary>
internal sealed class RangeCache
{
    private const int Places = 256;

    private readonly Entry?[] _entries = new Entry?[Places];

    public TimeRange? Find(RangeQuestion question) =>
        Volatile.Read(ref PlaceOf(question)) is { } entry && entry.Question.Equals(question) ? entry.Range : null;

    public void Keep(RangeQuestion question, TimeRange range) => Volatile.Write(ref PlaceOf(question), new(question, range));

    private ref Entry? PlaceOf(RangeQuestion question) => ref _entries[(uint)question.GetHashCode() % Places];

    private sealed record Entry(RangeQuestion Question, TimeRange Range);
}
