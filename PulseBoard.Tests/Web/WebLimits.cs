namespace PulseBoard.Tests.Web;

/// <summary>How long the tests of Web wait.</summary>
internal static class WebLimits
{
    /// <summary>The limit of each wait: generous, since only a failing test reaches it.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);
}
