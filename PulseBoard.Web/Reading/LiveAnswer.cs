namespace PulseBoard.Web.Reading;

/// <summary>What is known of the answer to a question, but for the answer itself.</summary>
/// <param name="Refusal">Why the Dashboard does not answer; null where it does.</param>
/// <param name="IsFailing">Whether the answer is from before, since the Dashboard could not be asked.</param>
public abstract record LiveAnswer(string? Refusal, bool IsFailing)
{
    /// <summary>Whether there is neither an answer nor a refusal yet.</summary>
    public abstract bool IsPending { get; }
}

/// <summary>What is known of the answer to a question. Immutable, so that every circuit may read it without a lock.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="Value">The answer; null until the first has come.</param>
/// <param name="Refusal">Why the Dashboard does not answer; null where it does.</param>
/// <param name="IsFailing">Whether the answer is from before, since the Dashboard could not be asked.</param>
public sealed record LiveAnswer<T>(T? Value, string? Refusal, bool IsFailing) : LiveAnswer(Refusal, IsFailing)
    where T : class
{
    /// <inheritdoc />
    public override bool IsPending => Value is null && Refusal is null;
}
