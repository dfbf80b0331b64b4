using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads the file that a request brings, or says what is wrong with it.</summary>
internal static class PeopleImportBody
{
    /// <summary>Most bytes of a file.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const string ErrorsMember = "errors";

    public static async Task<(PeopleFile? File, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsCsv(request))
        {
            return (null, PeopleProblems.UnsupportedMediaType("Send CSV in UTF-8, with the header 'Content-Type: text/csv'."));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var file = PeopleFile.Read(body.ToArray());
        return file.Errors.Count == 0 ? (file, null) : (null, Invalid(file));
    }

    private static bool IsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Text.Csv, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult Invalid(PeopleFile file)
    {
        var first = file.Errors[0];
        var place = first.Column is null
            ? string.Create(CultureInfo.InvariantCulture, $"Line {first.Line}")
            : string.Create(CultureInfo.InvariantCulture, $"Line {first.Line}, column '{first.Column}'");
        var rest = file.Errors.Count == 1 ? string.Empty : $" The first of several: see '{ErrorsMember}'.";
        var problem = PeopleProblems.Invalid("invalid_csv", $"{place}: {first.Detail}{rest} Nothing was imported.", first.Column);
        problem.ProblemDetails.Extensions[ErrorsMember] = file.Errors;
        return problem;
    }
}
