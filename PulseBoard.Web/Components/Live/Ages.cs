using System.Globalization;

namespace PulseBoard.Web.Components.Live;

/// <summary>Ages for the first paint; app.js counts on in the same words.</summary>
internal static class Ages
{
    /// <summary>How long ago something was, in whole milliseconds for app.js; never less than zero.</summary>
    public static string Milliseconds(TimeSpan age) => Math.Max(0, (long)age.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same in words.</summary>
    public static string Words(TimeSpan age) => Math.Max(0, (long)age.TotalSeconds) switch
    {
        < 60 and var seconds => $"{seconds} s",
        < 3600 and var seconds => $"{seconds / 60} min",
        < 86400 and var seconds => $"{seconds / 3600} h",
        var seconds => $"{seconds / 86400} d",
    };
}
