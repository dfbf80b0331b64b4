using System.Globalization;

namespace PulseBoard.Bench.Load;

/// <summary>A made-up event, as every load sends it and every limit stores it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">Who acted, by number.</param>
internal readonly record struct LoadEvent(Guid Id, int Person)
{
    /// <summary>Most people of one load: their numbers have six digits.</summary>
    public const int MaximumPeople = 1_000_000;

    /// <summary>What every event has in <c>data</c>.</summary>
    public const string Data = """{"project":"pulseboard","task":"T-1042","minutes":25}""";

    /// <summary>What happens, in turn: the types with columns of their own, and one of the client's vocabulary.</summary>
    public static IReadOnlyList<string> Types { get; } = ["task_created", "task_completed", "page_viewed"];

    /// <summary>The person's name on the wire.</summary>
    /// <param name="run">The load, so that its events can be told from all others.</param>
    public string User(string run) => Person.ToString("D6", CultureInfo.InvariantCulture) + Domain(run);

    /// <summary>What the names of all people of a load end with.</summary>
    public static string Domain(string run) => $"@{run}.bench.example";
}
