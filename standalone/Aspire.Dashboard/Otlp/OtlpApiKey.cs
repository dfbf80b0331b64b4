using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Otlp;

/// <summary>The key that senders name, if one is asked for.</summary>
internal sealed class OtlpApiKey(DashboardOptions options)
{
    public const string Header = "x-otlp-api-key";

    private readonly byte[]? _hash = options.OtlpApiKey is { } key ? Hash(key) : null;

    /// <summary>Whether a request may be taken. How long it takes to say so tells nothing of the key, nor of its length.</summary>
    public bool Admits(HttpRequest request) =>
        _hash is null
        || (request.Headers[Header] is [{ } named] && CryptographicOperations.FixedTimeEquals(_hash, Hash(named)));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
