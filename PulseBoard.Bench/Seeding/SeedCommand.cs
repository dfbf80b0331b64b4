using System.Net.Sockets;
using Npgsql;

namespace PulseBoard.Bench.Seeding;

/// <summary>Writes a history from the command line.</summary>
internal static class SeedCommand
{
    /// <summary>Writes it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="BenchmarkException">It cannot be written.</exception>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var options = SeedOptions.Parse(args);
        var plan = options.ToPlan(DateTimeOffset.UtcNow);
        var database = options.Database ?? await LocalDatabase.ConnectionStringAsync(cancellationToken);
        try
        {
            await Seeder.RunAsync(database, plan, options.Add, Console.Out, cancellationToken);
        }
        catch (NpgsqlException exception) when (options.Database is null && exception.InnerException is SocketException)
        {
            throw new BenchmarkException($"{exception.Message}. Start PulseBoard, or name a database with --database.");
        }

        return 0;
    }
}
