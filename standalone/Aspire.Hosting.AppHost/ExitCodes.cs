namespace Aspire.Hosting.Standalone;

internal static class ExitCodes
{
    /// <summary>A resource, or the host itself, could not start.</summary>
    public const int StartFailed = 1;

    /// <summary>What shells report for a program that an interrupt has ended.</summary>
    public const int Interrupted = 130;
}
