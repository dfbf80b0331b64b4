using System.Text.Json;
using Polly;
using Polly.Retry;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Reading;

/// <summary>How outages of the Dashboard are sat out.</summary>
internal static class Outages
{
    /// <summary>Tries again, at longer and longer intervals up to a limit, for as long as what fails may pass.</summary>
    /// <param name="options">The intervals.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Called before each wait.</param>
    /// <param name="isWanted">Whether anybody still waits for it; null is for ever.</param>
    public static ResiliencePipeline CreatePipeline(LiveOptions options, TimeProvider time, Action<Exception?> failed, Func<bool>? isWanted = null) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    !arguments.Context.CancellationToken.IsCancellationRequested
                    && arguments.Outcome.Exception is { } exception
                    && MayPass(exception)
                    && isWanted?.Invoke() != false),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.ReconnectDelay,
                MaxDelay = options.MaxReconnectDelay,
                OnRetry = arguments =>
                {
                    failed(arguments.Outcome.Exception);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <summary>Away, silent, broken off, or answering what cannot be read.</summary>
    public static bool MayPass(Exception exception) => exception is HttpRequestException or IOException or JsonException or OperationCanceledException;
}
