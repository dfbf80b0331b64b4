namespace Aspire.Hosting.ApplicationModel;

/// <summary>What may stand behind the colon in a hole of a <see cref="ReferenceExpression"/>.</summary>
internal static class ExpressionFormat
{
    private const string Uri = "uri";

    public static string? Validate(string? format) => format is null or Uri
        ? format
        : throw new FormatException($"The format '{format}' is not supported; there is '{Uri}'.");

    public static string? Apply(string? value, string? format) =>
        format is null || value is null ? value : System.Uri.EscapeDataString(value);
}
