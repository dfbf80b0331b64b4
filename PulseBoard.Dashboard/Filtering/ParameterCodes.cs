namespace PulseBoard.Dashboard.Filtering;

/// <summary>What can be wrong with a parameter; clients rely on these words.</summary>
internal static class ParameterCodes
{
    /// <summary>The endpoint has no parameter of that name.</summary>
    public const string Unknown = "unknown_parameter";

    /// <summary>The value is none that the parameter takes, is given twice, or contradicts another parameter.</summary>
    public const string Invalid = "invalid_parameter";

    /// <summary>The range is longer than any may be, or has more buckets than any answer.</summary>
    public const string RangeTooLong = "range_too_long";

    /// <summary>A list has more values than any may have.</summary>
    public const string TooManyValues = "too_many_values";
}
