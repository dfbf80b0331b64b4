namespace PulseBoard.Contracts;

/// <summary>The answer of <c>POST /api/people/import</c>: what the file changed.</summary>
/// <param name="People">How many people stand in the file: the sum of the next three.</param>
/// <param name="Created">How many had not been entered before.</param>
/// <param name="Changed">How many had been entered with another display name or team.</param>
/// <param name="Unchanged">How many were as the file says already; so are those known from their events alone of whom it says nothing more.</param>
/// <param name="TeamsCreated">How many teams of the file had not existed.</param>
public sealed record PeopleImport(int People, int Created, int Changed, int Unchanged, int TeamsCreated);

/// <summary>What is wrong with one line of an imported file: an element of <c>errors</c> in the problem details of <c>invalid_csv</c>.</summary>
/// <param name="Line">The line on which the row begins, from 1; the header is the first.</param>
/// <param name="Column">The column, as it is called in the header; null where the row as a whole is at fault.</param>
/// <param name="Detail">What was expected.</param>
public sealed record PeopleImportError(int Line, string? Column, string Detail);
