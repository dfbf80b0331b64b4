using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.ServiceDefaults.Health;

/// <summary>
/// A check that answers in time even where the one inside does not: connecting to a broker that is away may block for half a
/// minute, whatever token it was given. The inner check then runs on, once: who asks meanwhile waits for the same run, so that
/// probes of a hung dependency do not pile up blocked threads.
/// </summary>
internal sealed class BoundedHealthCheck(
    Func<IServiceProvider, IHealthCheck> create,
    TimeSpan limit,
    IServiceScopeFactory scopes,
    TimeProvider time) : IHealthCheck
{
    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _run;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await JoinRun(context).WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"No answer within {limit.TotalSeconds:0.#} s.");
        }
    }

    private Task<HealthCheckResult> JoinRun(HealthCheckContext context)
    {
        lock (_gate)
        {
            if (_run is null or { IsCompleted: true })
            {
                // Not with the asker's token: others may be waiting for the same run.
                _run = Task.Run(() => RunAsync(context), CancellationToken.None);
            }

            return _run;
        }
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckContext context)
    {
        try
        {
            using var timeout = new CancellationTokenSource(limit, time);

            // A scope of its own, because the asker's ends with the answer and this run may outlive it.
            await using var scope = scopes.CreateAsyncScope();

            return await create(scope.ServiceProvider).CheckHealthAsync(context, timeout.Token);
        }
        catch (Exception exception)
        {
            // The description is published, the exception is not: the framework would have taken its message for a description.
            return new HealthCheckResult(context.Registration.FailureStatus, "The check failed.", exception);
        }
    }
}
