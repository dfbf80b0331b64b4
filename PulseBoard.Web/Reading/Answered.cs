using System.Net.Http.Headers;

namespace PulseBoard.Web.Reading;

/// <summary>What the Dashboard said.</summary>
/// <param name="Value">The answer; null where it is the one that was known.</param>
/// <param name="Tag">Its tag, to ask whether there is another one.</param>
/// <param name="IsBehind">Whether it is from a moment ago, while the present one is being computed.</param>
internal sealed record Answered<T>(T? Value, EntityTagHeaderValue? Tag, bool IsBehind)
    where T : class;
