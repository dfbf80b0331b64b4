namespace PulseBoard.Web;

/// <summary>Where the two APIs are, as the AppHost injects it.</summary>
/// <param name="Activity">The ingestion API.</param>
/// <param name="Dashboard">The read API.</param>
internal sealed record ServiceAddresses(Uri Activity, Uri Dashboard)
{
    public static ServiceAddresses Read(IConfiguration configuration) =>
        new(ReadAddress(configuration, "activity"), ReadAddress(configuration, "dashboard"));

    private static Uri ReadAddress(IConfiguration configuration, string service)
    {
        var setting = $"services:{service}:http:0";
        var value = configuration[setting];

        return Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : throw new InvalidOperationException(
                $"The setting '{setting}' (environment variable '{setting.Replace(":", "__", StringComparison.Ordinal)}') must be the "
                + $"http address of the {service} API, such as http://localhost:3001. It is {(value is null ? "missing" : $"'{value}'")}. "
                + "The AppHost sets it.");
    }
}

internal static class ServiceAddressesExtensions
{
    /// <summary>Reads the addresses at once, so that a missing one stops the start and not the first request.</summary>
    public static void AddServiceAddresses(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(ServiceAddresses.Read(builder.Configuration));
}
