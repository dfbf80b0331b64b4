namespace PulseBoard.Dashboard.People;

/// <summary>What is wrong with a name.</summary>
/// <param name="Code">In snake_case; clients rely on it.</param>
/// <param name="Field">The field, as it is called on the wire and in a file's header.</param>
/// <param name="Detail">What was expected.</param>
internal sealed record NameFault(string Code, string Field, string Detail);
