namespace PulseBoard.Web.Components.Sending;

/// <summary>What is wrong with a field, as the API says it.</summary>
/// <param name="Detail">For a person.</param>
/// <param name="Field">The field; null where it is the event as a whole.</param>
internal sealed record FieldFault(string? Detail, string? Field);
