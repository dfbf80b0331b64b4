using System.Security.Cryptography;

namespace Aspire.Dashboard;

/// <summary>Where the dashboard listens, and what it asks for. Port 0 is any that is free.</summary>
internal sealed record DashboardOptions
{
    public const int DefaultPort = 18888;
    public const int DefaultOtlpGrpcPort = 18889;
    public const int DefaultOtlpHttpPort = 18890;

    private const int SecretBytes = 16;

    /// <summary>Where the pages are.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Where telemetry is taken over gRPC.</summary>
    public int OtlpGrpcPort { get; init; } = DefaultOtlpGrpcPort;

    /// <summary>Where telemetry is taken over HTTP.</summary>
    public int OtlpHttpPort { get; init; } = DefaultOtlpHttpPort;

    /// <summary>What a person signs in with, once: a cookie stands for it from then on, as long as this process lives.</summary>
    public string Token { get; init; } = NewSecret();

    /// <summary>What a resource sends with its telemetry; null asks for nothing.</summary>
    public string? OtlpApiKey { get; init; } = NewSecret();

    private static string NewSecret() => RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true);
}
