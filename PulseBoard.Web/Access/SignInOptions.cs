using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Web.Access;

/// <summary>How long a session lasts, and how often a wrong password may be tried.</summary>
internal sealed class SignInOptions
{
    public const string SectionName = "SignIn";

    /// <summary>A session ends when it was not used for this long; an open page uses it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The time in which failed attempts are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many attempts may fail in that time from one address.</summary>
    [Range(1, 1_000)]
    public int FailuresPerClient { get; set; } = 5;
}
