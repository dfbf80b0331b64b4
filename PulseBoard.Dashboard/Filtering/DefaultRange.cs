namespace PulseBoard.Dashboard.Filtering;

/// <summary>The range of a question that names none.</summary>
internal enum DefaultRange
{
    /// <summary>30 local days, today included.</summary>
    Month,

    /// <summary>365 local days, today included.</summary>
    Year,

    AllTime,
}
