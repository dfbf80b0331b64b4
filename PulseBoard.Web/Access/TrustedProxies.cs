using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using IPNetwork = System.Net.IPNetwork;

namespace PulseBoard.Web.Access;

/// <summary>Whose word counts on a client's address and scheme.</summary>
internal sealed class TrustedProxiesOptions
{
    public const string SectionName = "ForwardedHeaders";

    /// <summary>Networks that the proxies are in, such as <c>172.16.0.0/12</c>, parted by commas; where it is empty, everybody is believed.</summary>
    public string KnownNetworks { get; set; } = "";

    public IEnumerable<string> Parts =>
        KnownNetworks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

internal static class TrustedProxiesExtensions
{
    /// <summary>
    /// Narrows ASP.NET's switch <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which believes everybody: whoever reaches this server
    /// without the proxy could claim any address.
    /// </summary>
    public static void AddTrustedProxies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<TrustedProxiesOptions>(TrustedProxiesOptions.SectionName);
        builder.Services.AddOptions<TrustedProxiesOptions>().Validate(
            options => options.Parts.All(part => IPNetwork.TryParse(part, out _)),
            "ForwardedHeaders:KnownNetworks (environment variable ForwardedHeaders__KnownNetworks) must be networks such as 172.16.0.0/12, "
                + "parted by commas.");

        // After ASP.NET's own setup, which empties the list.
        builder.Services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<TrustedProxiesOptions>>((headers, trusted) =>
        {
            foreach (var part in trusted.Value.Parts)
            {
                headers.KnownIPNetworks.Add(IPNetwork.Parse(part));
            }
        });
    }
}
