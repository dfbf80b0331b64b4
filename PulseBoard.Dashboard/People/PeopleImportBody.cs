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

    public static async Task<(PeopleFile? File, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsCsv(request))
        {
            return (null, PeopleProblems.CsvExpected);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var file = PeopleFile.Read(body.ToArray());
        return file.Errors.Count == 0 ? (file, null) : (null, PeopleProblems.InvalidCsv(file.Errors));
    }

    private static bool IsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Text.Csv, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));
}
