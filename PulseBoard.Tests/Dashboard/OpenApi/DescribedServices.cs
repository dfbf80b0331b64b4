namespace PulseBoard.Tests.Dashboard.OpenApi;

/// <summary>Both services whose APIs are described.</summary>
public sealed class DescribedServices : IDisposable
{
    internal DescribedService Dashboard { get; } = DescribedService.StartDashboard();

    internal DescribedService Activity { get; } = DescribedService.StartActivity();

    internal IReadOnlyList<DescribedService> All => [Dashboard, Activity];

    /// <inheritdoc />
    public void Dispose()
    {
        Dashboard.Dispose();
        Activity.Dispose();
    }
}
