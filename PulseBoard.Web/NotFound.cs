namespace PulseBoard.Web;

/// <summary>Answers an address that is nothing with a page, for people. The APIs say it in their own words, for programs.</summary>
internal static class NotFound
{
    private const string Page = "/not-found";

    public static void UseNotFoundPage(this WebApplication app) =>
        app.UseStatusCodePagesWithReExecute(Page, createScopeForStatusCodePages: true);
}
