namespace PulseBoard.Dashboard.Filtering;

/// <summary>How long the buckets of an answer are, by the local clock.</summary>
internal enum Interval
{
    Hour,
    Day,

    /// <summary>From Monday to Sunday.</summary>
    Week,
    Month,
}
