namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>How the engine finds out whether a container is healthy. Times are written such as <c>5s</c> or <c>1m30s</c>.</summary>
public sealed class Healthcheck
{
    /// <summary>The command and its arguments, behind <c>CMD</c>, or one line for the shell behind <c>CMD-SHELL</c>.</summary>
    public List<string> Test { get; set; } = [];

    /// <summary>Time between two checks.</summary>
    public required string Interval { get; set; }

    /// <summary>Time after which a check counts as failed.</summary>
    public required string Timeout { get; set; }

    /// <summary>How many checks in a row must fail.</summary>
    public int? Retries { get; set; }

    /// <summary>Time after the start in which failures do not count.</summary>
    public required string StartPeriod { get; set; }
}
