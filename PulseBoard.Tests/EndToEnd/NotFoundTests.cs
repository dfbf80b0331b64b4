using System.Net;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class NotFoundTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("/no/such", "text/html", "There is no page here")]
    [InlineData("/api/no/such", "application/problem+json", "\"code\":\"not_found\"")]
    public async Task An_address_that_is_nothing_is_answered_to_people_with_a_page_and_to_programs_with_a_problem(
        string path, string contentType, string text)
    {
        using var response = await application.Web.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
