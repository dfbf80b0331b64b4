using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace PulseBoard.Web;

/// <summary>Numbers and dates as the browser's languages write them. The words are English.</summary>
internal static class Localization
{
    private const string Otherwise = "en-US";

    /// <summary>After this, requests and the circuits they open have the browser's culture.</summary>
    public static void UseBrowserCulture(this WebApplication app)
    {
        // Formats alone: messages of the framework stay in the language of all others.
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new(Otherwise),
            SupportedCultures = CultureInfo.GetCultures(CultureTypes.AllCultures),
            SupportedUICultures = [CultureInfo.GetCultureInfo("en")],
            RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()],
        });
    }
}
