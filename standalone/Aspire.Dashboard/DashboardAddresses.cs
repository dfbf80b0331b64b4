namespace Aspire.Dashboard;

/// <summary>Where the dashboard listens, once it does.</summary>
/// <param name="Pages">The pages' address.</param>
/// <param name="OtlpGrpc">Where telemetry is sent over gRPC.</param>
/// <param name="OtlpHttp">Where telemetry is sent over HTTP.</param>
internal sealed record DashboardAddresses(Uri Pages, Uri OtlpGrpc, Uri OtlpHttp);
