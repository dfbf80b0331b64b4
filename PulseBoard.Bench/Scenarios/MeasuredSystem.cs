using System.Diagnostics.CodeAnalysis;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Seeding;
using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Scenarios;

/// <summary>The PulseBoard that is measured: one that runs already, or one of its own with data that are thrown away.</summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    // In Development, which the AppHost runs it in, Web would read its files anew for each answer, and send them neither compressed nor to
    // be kept. A published Web does both.
    private static readonly ServiceVariable[] AsPublished =
    [
        new("web", "ReloadStaticAssetsAtRuntime", "false"),
        new("web", "EnableStaticAssetsDevelopmentCaching", "true"),
    ];

    private readonly PulseBoardSystem? _own;
    private readonly DirectoryInfo? _logs;

    private MeasuredSystem(Uri? activity, Uri? dashboard, Uri? web, string? database) =>
        (Activity, Dashboard, Web, Database) = (activity, dashboard, web, database);

    private MeasuredSystem(PulseBoardSystem own, DirectoryInfo logs, string database)
        : this(own.Address("activity"), own.Address("dashboard"), own.Address("web"), database) => (_own, _logs) = (own, logs);

    /// <summary>The ingestion API.</summary>
    /// <exception cref="BenchmarkException">It is not known.</exception>
    [AllowNull]
    public Uri Activity { get => field ?? throw new BenchmarkException("This scenario sends events: say --url, too."); }

    /// <summary>The read API.</summary>
    /// <exception cref="BenchmarkException">It is not known.</exception>
    [AllowNull]
    public Uri Dashboard { get => field ?? throw new BenchmarkException("This scenario reads: say --dashboard, too."); }

    /// <summary>The pages.</summary>
    /// <exception cref="BenchmarkException">They are not known.</exception>
    [AllowNull]
    public Uri Web { get => field ?? throw new BenchmarkException("This scenario opens pages: say --web, too."); }

    /// <summary>The connection string of the database; null where only the API is known.</summary>
    public string? Database { get; }

    /// <summary>Whether it belongs to this run.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>The system of its own, whose parts can be stopped and started.</summary>
    /// <exception cref="BenchmarkException">Somebody else's PulseBoard is measured.</exception>
    public PulseBoardSystem Own => _own ?? throw new BenchmarkException("This scenario needs a PulseBoard of its own: leave out --url, --dashboard and --web.");

    /// <summary>The database of the system of its own.</summary>
    /// <exception cref="BenchmarkException">Somebody else's PulseBoard is measured.</exception>
    public string OwnDatabase => Own is not null ? Database! : "";

    /// <summary>Takes the one that the command line names, or starts one.</summary>
    public static async Task<MeasuredSystem> OpenAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        if (options.Url is not null || options.Dashboard is not null || options.Web is not null)
        {
            // What is read has to be known, and what it is read from is mostly this machine's own.
            var database = options.Database ?? (options.Dashboard is null ? null : await LocalDatabase.ConnectionStringAsync(cancellationToken));
            return new(Local(options.Url), Local(options.Dashboard), Local(options.Web), database);
        }

        return await StartAsync(options, hasDashboard: false, cancellationToken);
    }

    /// <summary>Starts one.</summary>
    /// <param name="options">What the command line says.</param>
    /// <param name="hasDashboard">Whether its telemetry goes to the dashboard of the host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MeasuredSystem> StartAsync(BenchOptions options, bool hasDashboard, CancellationToken cancellationToken)
    {
        var logs = Directory.CreateTempSubdirectory("pulseboard-bench-");
        Console.WriteLine($"Starting a PulseBoard with data of its own. Until it has ended well, its logs are in {logs.FullName}");
        var own = await PulseBoardSystem.StartAsync(
            new() { HasDashboard = hasDashboard, Workers = options.WorkerCounts().Max(), Variables = AsPublished, LogFolder = logs.FullName }, cancellationToken);
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

    private static Uri? Local(Uri? address) => address is null ? null : ThisMachine.Require(address);
}
