using System.Globalization;

namespace PulseBoard.Bench.Faults;

/// <summary>What the command line asks for.</summary>
/// <param name="Time">How long faults are caused; the last one is finished.</param>
/// <param name="Fault">The only fault to cause, or null for all.</param>
/// <param name="Seed">Which faults come in which order, and what is posted.</param>
internal sealed record FaultsArguments(TimeSpan Time, string? Fault, int Seed)
{
    private const int DefaultMinutes = 60;

    /// <summary>Reads pairs of an option and its value.</summary>
    /// <returns>Null when they are not understood.</returns>
    public static FaultsArguments? Parse(string[] arguments)
    {
        var parsed = new FaultsArguments(TimeSpan.FromMinutes(DefaultMinutes), null, Random.Shared.Next());
        foreach (var pair in arguments.Chunk(2))
        {
            switch (pair)
            {
                case ["--minutes", var text] when double.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    parsed = parsed with { Time = TimeSpan.FromMinutes(minutes) };
                    break;
                case ["--seed", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var seed):
                    parsed = parsed with { Seed = seed };
                    break;
                case ["--fault", var name]:
                    parsed = parsed with { Fault = name };
                    break;
                default:
                    return null;
            }
        }

        return parsed;
    }
}
