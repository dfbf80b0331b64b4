namespace PulseBoard.Web.Live;

/// <summary>What is known of the Dashboard.</summary>
public enum LiveState
{
    /// <summary>Neither heard from it since the last connection ended, nor failed to reach it.</summary>
    Connecting,

    /// <summary>It streams, and what is shown is what it answered last.</summary>
    Live,

    /// <summary>It could not be reached, fell silent or refused; what is shown is from before.</summary>
    Away,
}
