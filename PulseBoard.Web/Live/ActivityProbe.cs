using Microsoft.Extensions.Options;

namespace PulseBoard.Web.Live;

/// <summary>Asks the Activity API for its health, so that the page can say whether events are being accepted.</summary>
internal sealed class ActivityProbe(HttpClient http, LiveMetrics live, IOptions<LiveOptions> options, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ActivityProbeInterval, time);

        do
        {
            live.ActivityProbed(await AcceptsEventsAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> AcceptsEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.ActivityProbeTimeout, time);
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            using var response = await http.GetAsync("health", HttpCompletionOption.ResponseHeadersRead, limited.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
