using System.Diagnostics;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.RabbitMQ.Client;

/// <summary>Opens the connection, with retries and a span per attempt.</summary>
internal static class RabbitMQConnector
{
    public const string ActivitySourceName = "Aspire.RabbitMQ.Client";

    private static readonly ActivitySource ActivitySource = new(ActivitySourceName);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Blocks until the broker answers or the retries are used up: a singleton's factory cannot be asynchronous.</summary>
    public static IConnection Connect(IConnectionFactory factory, int maxRetries)
    {
        using var span = StartSpan("rabbitmq connect", factory);

        return RetryPolicy(maxRetries).ExecuteAsync(TryOnceAsync, factory, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static async ValueTask<IConnection> TryOnceAsync(IConnectionFactory factory, CancellationToken cancellationToken)
    {
        using var span = StartSpan("rabbitmq connect attempt", factory);
        span?.SetTag("messaging.operation", "connect");

        try
        {
            return await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span?.SetTag("exception.type", exception.GetType().FullName);
            span?.SetTag("exception.message", exception.Message);
            span?.SetTag("exception.stacktrace", exception.ToString());
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private static ResiliencePipeline RetryPolicy(int maxRetries)
    {
        if (maxRetries <= 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
                BackoffType = DelayBackoffType.Exponential,
                MaxRetryAttempts = maxRetries,
                Delay = FirstRetryDelay,
            })
            .Build();
    }

    private static Activity? StartSpan(string name, IConnectionFactory factory)
    {
        var span = ActivitySource.StartActivity(name, ActivityKind.Client);
        span?.SetTag("messaging.system", "rabbitmq");
        span?.SetTag("server.address", factory.Uri.Host);
        span?.SetTag("server.port", factory.Uri.Port);

        return span;
    }
}
