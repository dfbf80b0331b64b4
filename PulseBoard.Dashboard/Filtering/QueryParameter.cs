namespace PulseBoard.Dashboard.Filtering;

/// <summary>
/// A parameter of a query, declared once for those who read requests and for the API's description. What may stand in it is said
/// by its kind.
/// </summary>
/// <param name="Name">As it is on the wire.</param>
/// <param name="Description">What it does, for callers.</param>
internal abstract record QueryParameter(string Name, string Description);

/// <summary>Takes a date or an instant.</summary>
internal sealed record TimeParameter(string Name, string Description) : QueryParameter(Name, Description);

/// <summary>Takes one of some words.</summary>
/// <param name="Name">As it is on the wire.</param>
/// <param name="Description">What it does, for callers.</param>
/// <param name="Words">What it takes.</param>
/// <param name="Otherwise">What it is where it is absent; null where that depends on the rest of the request.</param>
internal sealed record WordParameter(string Name, string Description, IReadOnlyList<string> Words, string? Otherwise) : QueryParameter(Name, Description)
{
    /// <returns>The word as it stands in <see cref="Words"/>; empty where it is absent and has no default.</returns>
    public string Read(IQueryCollection query) => Parameters.OneOf(query, Name, Words, Otherwise ?? "");
}

/// <summary>Takes a whole number.</summary>
/// <param name="Name">As it is on the wire.</param>
/// <param name="Description">What it does, for callers.</param>
/// <param name="Least">The least that it takes.</param>
/// <param name="Most">The most.</param>
/// <param name="Otherwise">What it is where it is absent.</param>
internal sealed record NumberParameter(string Name, string Description, int Least, int Most, int Otherwise) : QueryParameter(Name, Description)
{
    public int Read(IQueryCollection query) => Parameters.Number(query, Name, Least, Most, Otherwise);
}

/// <summary>Takes a text.</summary>
/// <param name="Name">As it is on the wire.</param>
/// <param name="Description">What it does, for callers.</param>
/// <param name="Example">A value that it takes; null where only an answer has one.</param>
/// <param name="MaximumLength">Characters, at most; null where it is no text of any kind, but known by other rules.</param>
internal sealed record TextParameter(string Name, string Description, string? Example, int? MaximumLength = null) : QueryParameter(Name, Description)
{
    public string? Read(IQueryCollection query) =>
        MaximumLength is { } most ? Parameters.Text(query, Name, most) : Parameters.Single(query, Name);
}

/// <summary>Takes a text each time that it is given, and may be given several times.</summary>
/// <param name="Name">As it is on the wire.</param>
/// <param name="Description">What it does, for callers.</param>
/// <param name="Example">A value that it takes.</param>
/// <param name="MaximumLength">Characters in one, at most.</param>
/// <param name="EmptyMeans">What an empty text stands for; null where it stands for nothing and is refused.</param>
internal sealed record ListParameter(string Name, string Description, string Example, int MaximumLength, string? EmptyMeans = null)
    : QueryParameter(Name, Description)
{
    public IReadOnlyList<string> Read(IQueryCollection query) => Parameters.Texts(query, Name, MaximumLength, EmptyMeans);
}
