using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Standalone;

/// <summary>Healthy while a server answers the first words of its protocol as <paramref name="converse"/> expects.</summary>
/// <param name="endpoint">Where the server listens.</param>
/// <param name="converse">Talks; null means that all is well, a text says what is not.</param>
internal sealed class ServerHealthCheck(
    EndpointReference endpoint, Func<Stream, CancellationToken, Task<string?>> converse) : IHealthCheck
{
    /// <summary>A server that accepts a connection and then says nothing is not ready.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient(AddressFamily.InterNetwork);
            await client.ConnectAsync(IPAddress.Loopback, endpoint.Port, limit.Token);
            return await converse(client.GetStream(), limit.Token) is { } fault
                ? new HealthCheckResult(context.Registration.FailureStatus, fault)
                : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is SocketException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
