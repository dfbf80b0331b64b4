using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PulseBoard.Bench;

/// <summary>What the command line says of a scenario.</summary>
internal sealed class BenchOptions
{
    /// <summary>How often each measurement is made; the medians are reported.</summary>
    [Range(1, 100)]
    public int Rounds { get; set; } = 3;

    /// <summary>Seconds that each measurement takes.</summary>
    [Range(1, 3_600)]
    public int Seconds { get; set; } = 10;

    /// <summary>Seconds of the same load before each measurement.</summary>
    [Range(0, 600)]
    public int WarmUp { get; set; } = 3;

    /// <summary>Clients at once: a number, or several after each other, separated by commas.</summary>
    [RegularExpression(@"[1-9]\d{0,3}(,[1-9]\d{0,3})*")]
    public string? Connections { get; set; }

    /// <summary>Requests a second, of all clients together, whether or not they have their answers; as many as they can where absent.</summary>
    [Range(0.1, 1_000_000)]
    public double? Rate { get; set; }

    /// <summary>The ingestion API of a PulseBoard that runs on this machine.</summary>
    public Uri? Url { get; set; }

    /// <summary>The connection string of its database.</summary>
    public string? Database { get; set; }

    /// <summary>The file that gets the results as JSON.</summary>
    public string? Json { get; set; }

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    /// <exception cref="BenchmarkException">An option is unknown, or its value is none.</exception>
    public static BenchOptions Parse(string[] args)
    {
        try
        {
            var given = new ConfigurationBuilder().AddCommandLine(args, new Dictionary<string, string> { ["--warm-up"] = nameof(WarmUp) }).Build();
            var options = new BenchOptions();
            given.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Validator.ValidateObject(options, new(options), validateAllProperties: true);
            return options;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ValidationException)
        {
            throw new BenchmarkException(exception.Message);
        }
    }

    /// <summary>The numbers of clients to measure with, one after the other.</summary>
    /// <param name="usual">Where the command line does not say.</param>
    public IReadOnlyList<int> ConnectionsOr(params int[] usual) =>
        Connections is null ? usual : [.. Connections.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
