namespace PulseBoard.Tests.Web;

/// <summary>What the tests of Web share.</summary>
internal static class WebTests
{
    /// <summary>The limit of each wait: generous, since only a failing test reaches it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
}
