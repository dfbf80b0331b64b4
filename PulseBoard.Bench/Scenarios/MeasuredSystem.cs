using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Scenarios;

/// <summary>The PulseBoard that is measured: one that runs already, or one of its own with data that are thrown away.</summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    private readonly PulseBoardSystem? _own;
    private readonly DirectoryInfo? _logs;

    private MeasuredSystem(Uri activity, string? database) => (Activity, Database) = (activity, database);

    private MeasuredSystem(PulseBoardSystem own, DirectoryInfo logs, string database)
        : this(own.Address("activity"), database) => (_own, _logs) = (own, logs);

    /// <summary>The ingestion API.</summary>
    public Uri Activity { get; }

    /// <summary>The connection string of the database; null where only the API is known.</summary>
    public string? Database { get; }

    /// <summary>Whether it belongs to this run.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>The system of its own, whose parts can be stopped and started.</summary>
    /// <exception cref="BenchmarkException">Somebody else's PulseBoard is measured.</exception>
    public PulseBoardSystem Own => _own ?? throw new BenchmarkException("This scenario needs a PulseBoard of its own: leave out --url.");

    /// <summary>The database of the system of its own.</summary>
    /// <exception cref="BenchmarkException">Somebody else's PulseBoard is measured.</exception>
    public string OwnDatabase => Own is not null ? Database! : "";

    /// <summary>Takes the one that the command line names, or starts one.</summary>
    public static async Task<MeasuredSystem> OpenAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        if (options.Url is { } url)
        {
            return url.IsLoopback ? new(url, options.Database) : throw new BenchmarkException("Loads are aimed at this machine only.");
        }

        var logs = Directory.CreateTempSubdirectory("pulseboard-bench-");
        Console.WriteLine($"Starting a PulseBoard with data of its own. Until it has ended well, its logs are in {logs.FullName}");
        var own = await PulseBoardSystem.StartAsync(new() { Workers = options.WorkerCounts().Max(), LogFolder = logs.FullName }, cancellationToken);
        return new(own, logs, await own.ConnectionStringAsync("pulseboard-db", cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
            _logs!.Delete(recursive: true);
        }
    }
}
