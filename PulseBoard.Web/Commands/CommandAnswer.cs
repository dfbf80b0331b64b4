using System.Text.Json;

namespace PulseBoard.Web.Commands;

/// <summary>What an API said to a command.</summary>
/// <param name="Status">The HTTP status; null where no answer came.</param>
/// <param name="Body">The body of the answer; empty where there is none.</param>
internal sealed record CommandAnswer(int? Status, string Body)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>What is wrong, for a person; null where nothing is.</summary>
    public string? Fault => Succeeded
        ? null
        : Status is null
            ? "No answer came. It may have been done or not: look, and do it again."
            : ReadProblem() ?? $"It was refused with status {Status}.";

    /// <summary>The body of a command that succeeded.</summary>
    /// <exception cref="JsonException">It cannot be read.</exception>
    public T Read<T>()
        where T : class =>
        JsonSerializer.Deserialize<T>(Body, ApiJson.Options) ?? throw new JsonException($"{typeof(T).Name} is null.");

    /// <summary>A member of the problem details; null where there is none.</summary>
    public T? ReadDetail<T>(string member)
        where T : class
    {
        try
        {
            using var problem = JsonDocument.Parse(Body);
            return problem.RootElement.TryGetProperty(member, out var value) ? value.Deserialize<T>(ApiJson.Options) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No problem details: something between here and the API refused.
            return null;
        }
    }

    private string? ReadProblem() => ReadDetail<string>("detail") ?? ReadDetail<string>("title");
}
